"""What is asked when a village is added, renamed, merged or closed."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import BooleanField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from tcns.areas.models import Area
from tcns.areas.villages.rules import Closure, Merger, VillageText
from tcns.areas.vocabulary import VILLAGE_KINDS, AreaKind
from tcns.i18n import lazy_gettext as _l
from tcns.i18n import lazy_number
from tcns.web.editing import EditingForm
from tcns.web.fields import (
    LARGEST_COUNT,
    CountField,
    Filled,
    line_field,
    name_field,
    past_day_field,
    written_plainly,
)
from tcns.web.filters import NOT_OFFERED
from tcns.web.forms import WritingForm


def area_name_field(label: Any, *, is_optional: bool = True) -> StringField:
    """The name of a village without its kind: letters and numbers."""
    return name_field(label, written_plainly, is_optional=is_optional)


def kind_field() -> SelectField:
    """Which kind of village it is."""
    return SelectField(
        _l("Kind"),
        choices=[SelectChoice(value=kind.value, label=kind.value) for kind in VILLAGE_KINDS],
        default=AreaKind.THON.value,
        invalid_choice_message=NOT_OFFERED,
    )


def households_field(*, is_optional: bool = False) -> CountField:
    """How many households a village has; where that may be unknown, empty is not none."""
    message = _l("Write a number from 0 to %(most)s.", most=lazy_number(LARGEST_COUNT))
    begin = Optional() if is_optional else Filled()
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
        """The details of the village."""
        return VillageText(self.name.data, AreaKind(self.kind.data), self.first_day.data)


class HouseholdsKnown:
    """The number of households, which may be left out."""

    households = households_field(is_optional=True)

    def household_count(self) -> int | None:
        """The number, or None where nothing was written."""
        written = (self.households.raw_data or [""])[0].strip()
        return self.households.data if written else None


class NewVillageForm(NamingFields, HouseholdsKnown, WritingForm):
    """A village that is added on its own."""


class MergeVillagesForm(NamingFields, HouseholdsKnown, WritingForm):
    """Villages that become one."""

    villages = villages_field(_l("Villages that are merged"))
    decree = line_field(_l("Number of the document"), required=False)

    def offer(self, villages: Iterable[tuple[int, str]]) -> None:
        """The villages to choose from, by id and name."""
        self.villages.choices = [SelectChoice(value=key, label=name) for key, name in villages]

    def merger(self, villages: Iterable[Area]) -> Merger:
        """What was typed, about those chosen of the villages."""
        chosen = [village for village in villages if village.id in self.villages.data]
        return Merger(chosen, self.text(), self.decree.data or None, self.household_count())


class RenameForm(NamingFields, EditingForm):
    """What a village is called from a day on."""

    @classmethod
    def saved_of(cls, record: Any) -> Mapping[str, Any]:
        """The name it bears now."""
        return {"name": record.names[-1].name, "kind": record.names[-1].kind}


class NameForm(EditingForm):
    """A name on record, to be corrected; its days stay."""

    name = area_name_field(_l("Name without the kind"), is_optional=False)
    kind = kind_field()

    def text(self) -> VillageText:
        """What the village was called, in the days that stay."""
        return VillageText(self.name.data, AreaKind(self.kind.data), self.record.valid_from)


class CloseForm(EditingForm):
    """The end of a village."""

    last_day = past_day_field(_l("Last day of the village"))
    successors = villages_field(_l("New villages it was split into"), Optional())
    decree = line_field(_l("Number of the document"), required=False)

    def offer(self, villages: Iterable[tuple[int, str]]) -> None:
        """The villages that may be its parts, by id and name."""
        choices = [SelectChoice(value=key, label=name) for key, name in villages]
        self.successors.choices = choices

    def closure(self, others: Iterable[Area]) -> Closure:
        """What was typed; the successors are those chosen of other villages."""
        parts = [other for other in others if other.id in (self.successors.data or ())]
        return Closure(self.last_day.data, parts, self.decree.data or None)


class HouseholdsForm(WritingForm):
    """How many households a village has from a day on."""

    households = households_field()
    first_day = past_day_field(_l("From which day on"))
    is_confirmed = BooleanField(_l("The number is right: save it so"))
