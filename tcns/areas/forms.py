"""What is asked of the pages of areas."""

from datetime import date

from tcns.areas.place_filter import PlaceForm
from tcns.areas.vocabulary import Having, Level
from tcns.i18n import lazy_gettext as _l
from tcns.web.filters import ListForm, choice_field, day_field


class DayForm(ListForm):
    """On which day the tree or an area is looked at."""

    on = day_field(_l("Areas as on"))

    def day(self, usual: date) -> date:
        """The day asked for, else the usual one, which the form then shows."""
        found: date = self.settle("on", usual)
        return found


class AreaFilterForm(PlaceForm):
    """Which areas a list shows; the day is that whose teams are looked for."""

    unseen = (*PlaceForm.unseen, "on")

    level = choice_field(_l("Level"), Level, blank=_l("All"))
    team = choice_field(_l("Own team"), Having, blank=_l("With or without"))
    on = day_field(_l("Teams on"))
