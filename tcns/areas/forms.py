"""What is asked of the pages of areas."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from wtforms import SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from tcns.areas.place_filter import PlaceForm
from tcns.areas.village_rules import VillageText
from tcns.areas.vocabulary import VILLAGE_KINDS, Having, Kind, Level
from tcns.audit.editing import EditingForm
from tcns.i18n import lazy_gettext as _l
from tcns.i18n import today
from tcns.teams.fields import area_name_field, past_day_field
from tcns.web.fields import LARGEST_COUNT, CountField, line_field
from tcns.web.filters import NOT_OFFERED, ListForm, choice_field, day_field
from tcns.web.forms import WritingForm


class Days(NamedTuple):
    """The day whose areas a page shows, and the day whose teams."""

    map_on: date
    on: date

    @property
    def address(self) -> dict[str, date]:
        """How the address of a page of areas says them."""
        is_one = self.on == self.map_on
        return {"on": self.on} if is_one else {"on": self.on, "map_on": self.map_on}


class DayForm(ListForm):
    """On which day the tree or an area is looked at, and by links alone on the map of which."""

    on = day_field(_l("Areas as on"))
    map_on = day_field(_l("Map of"))

    def days(self, usual: date) -> Days:
        """The days asked for; the control then shows that of the areas.

        One day alone is that of areas and teams. Without any, the areas are those of the usual
        map, the teams today's. Of days to come no teams are known.
        """
        asked = self.said("on")
        map_on = self.said("map_on") or asked or usual
        if not self.on.errors:
            self.on.data = map_on
        return Days(map_on, min(asked or today(), today()))


class AreaFilterForm(PlaceForm):
    """Which areas a list shows; the day is that whose teams are looked for."""

    unseen = (*PlaceForm.unseen, "on")

    level = choice_field(_l("Level"), Level, blank=_l("All"))
    team = choice_field(_l("Own team"), Having, blank=_l("With or without"))
    on = day_field(_l("Teams on"))


def kind_field() -> SelectField:
    """Which kind of village it is."""
    return SelectField(
        _l("Kind"),
        choices=[SelectChoice(value=kind.value, label=kind.value) for kind in VILLAGE_KINDS],
        default=Kind.THON.value,
        invalid_choice_message=NOT_OFFERED,
    )


def households_field(*, is_optional: bool = False) -> CountField:
    """How many households a village has; where that may be unknown, empty is not none."""
    message = _l("Write a number from 0 to %(most)s.", most=LARGEST_COUNT)
    begin = Optional() if is_optional else InputRequired(_l("Fill this in."))
    return CountField(
        _l("Number of households"),
        [begin, NumberRange(0, LARGEST_COUNT, message)],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )


def villages_field(label: Any, *checks: Any) -> SelectMultipleField:
    """Villages to tick. Who sends them again, when they are merged already, is answered again:
    whether they can be chosen is asked by the operation."""
    return SelectMultipleField(
        label,
        checks,
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        choices=[],
        validate_choice=False,
    )


class NamingFields:
    """What a village is called from a day on."""

    name = area_name_field(_l("Name without the kind"), is_optional=False)
    kind = kind_field()
    first_day = past_day_field(_l("From which day on"))

    def text(self) -> VillageText:
        """What is said of the village."""
        return VillageText(self.name.data, Kind(self.kind.data), self.first_day.data)


class HouseholdsKnown:
    """The number of households, which may be left out."""

    households = households_field(is_optional=True)

    def household_count(self) -> int | None:
        """The number, or None where nothing was written."""
        written = (self.households.raw_data or [""])[0].strip()
        return self.households.data if written else None


class NewVillageForm(NamingFields, HouseholdsKnown, WritingForm):
    """A village that is added on its own."""


class MergeForm(NamingFields, HouseholdsKnown, WritingForm):
    """Villages that become one."""

    villages = villages_field(_l("Villages that are merged"))
    decree = line_field(_l("Number of the document"), required=False)

    def offer(self, villages: Iterable[tuple[int, str]]) -> None:
        """The villages to choose from, by id and name."""
        self.villages.choices = [SelectChoice(value=key, label=name) for key, name in villages]


class RenameForm(NamingFields, EditingForm):
    """What a village is called from a day on."""

    @classmethod
    def saved_of(cls, record: Any) -> Mapping[str, Any]:
        """The name it bears now."""
        return {"name": record.names[-1].name, "kind": record.names[-1].kind}


class NameForm(EditingForm):
    """How a name on record is put right; its days stay."""

    name = area_name_field(_l("Name without the kind"), is_optional=False)
    kind = kind_field()


class CloseForm(EditingForm):
    """The end of a village."""

    last_day = past_day_field(_l("Last day of the village"))
    successors = villages_field(_l("New villages it was split into"), Optional())
    decree = line_field(_l("Number of the document"), required=False)

    def offer(self, villages: Iterable[tuple[int, str]]) -> None:
        """The villages that may be its parts, by id and name."""
        choices = [SelectChoice(value=key, label=name) for key, name in villages]
        self.successors.choices = choices


class HouseholdsForm(WritingForm):
    """How many households a village has from a day on."""

    households = households_field()
    first_day = past_day_field(_l("From which day on"))
