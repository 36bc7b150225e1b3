"""What is asked of the pages of areas."""

from datetime import date
from typing import NamedTuple

from tcns.areas.place_forms import PlaceForm, SwitchForm
from tcns.areas.vocabulary import Having, Level, OnRecord
from tcns.clock import today
from tcns.i18n import lazy_gettext as _l
from tcns.web.filters import choice_field, day_field


class Days(NamedTuple):
    """The day whose areas a page shows, and the day whose teams."""

    map_on: date
    on: date

    @property
    def address(self) -> dict[str, date]:
        """How the address of a page of areas says them."""
        is_one = self.on == self.map_on
        return {"on": self.on} if is_one else {"on": self.on, "map_on": self.map_on}


class DayForm(SwitchForm):
    """On which day the tree or an area is looked at, and by links alone on the map of which; and
    the area whose page one wants to see."""

    on = day_field(_l("Areas as on"))
    map_on = day_field(_l("Map of"))

    def days(self, usual: date) -> Days:
        """The days asked for; the control then shows that of the areas.

        One day alone is that of areas and teams. Without any, the areas are those of the usual
        map, the teams today's. Of days to come no teams are known.
        """
        asked = self.value("on")
        map_on = self.value("map_on") or asked or usual
        if not self.on.errors:
            self.on.data = map_on
        return Days(map_on, min(asked or today(), today()))


class AreaFilterForm(PlaceForm):
    """Which areas a list shows; the day is that whose teams are looked for."""

    unseen = (*PlaceForm.unseen, "on")

    level = choice_field(_l("Level"), Level, blank=_l("All"))
    team = choice_field(_l("Own team"), Having, blank=_l("With or without"))
    households = choice_field(_l("Households"), OnRecord, blank=_l("All"))
    on = day_field(_l("Teams on"))
