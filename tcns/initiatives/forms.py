"""What is asked of digital models."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from tcns.areas.models import Area, AreaName
from tcns.areas.place_forms import PlaceForm
from tcns.i18n import lazy_gettext as _l
from tcns.initiatives.rules import InitiativeText
from tcns.initiatives.vocabulary import InitiativeKind, Lasting, Stage
from tcns.web.editing import EditingForm
from tcns.web.fields import Filled, line_field, past_day_field
from tcns.web.filters import NOT_OFFERED, choice_field, day_field
from tcns.web.forms import WritingForm


def word_field(label: Any, words: Iterable[Any]) -> SelectField:
    """One word of a vocabulary, none beforehand."""
    offered = [SelectChoice(value=word.value, label=word.label) for word in words]
    return SelectField(
        label,
        [Filled()],
        choices=[SelectChoice(value="", label=_l("Choose")), *offered],
        invalid_choice_message=NOT_OFFERED,
    )


class InitiativeFields:
    """What is said of a digital model."""

    kind = word_field(_l("Kind of model"), InitiativeKind)
    name = line_field(_l("Name of the model"))
    area_id = SelectField(_l("Area"), coerce=int, choices=[], invalid_choice_message=NOT_OFFERED)
    stage = word_field(_l("Status"), Stage)
    started_on = past_day_field(_l("Started on"))
    areas: Sequence[tuple[Area, AreaName]] = ()

    def offer(self, areas: Sequence[tuple[Area, AreaName]]) -> None:
        """The areas to choose from."""
        self.areas = areas
        self.area_id.choices = [
            SelectChoice(value=area.id, label=name.full_name) for area, name in areas
        ]

    def text(self) -> InitiativeText:
        """What was typed."""
        area = next(area for area, _name in self.areas if area.id == self.area_id.data)
        kind, stage = InitiativeKind(self.kind.data), Stage(self.stage.data)
        return InitiativeText(area, kind, self.name.data, stage, self.started_on.data)


class RegisterForm(InitiativeFields, WritingForm):
    """A new digital model."""


class CorrectForm(InitiativeFields, EditingForm):
    """A digital model on file, to be corrected."""

    @classmethod
    def saved_of(cls, record: Any) -> Mapping[str, Any]:
        """What is on file."""
        names = ("kind", "name", "area_id", "stage")
        saved = {name: getattr(record, name) for name in names}
        return {**saved, "started_on": record.valid_from}


class EndForm(EditingForm):
    """The end of a digital model."""

    last_day = past_day_field(_l("Last day of the model"))


class WithdrawForm(EditingForm):
    """A digital model that was entered by mistake."""


class InitiativeFilterForm(PlaceForm):
    """Which digital models a list shows, as on a day."""

    kind = choice_field(_l("Kind of model"), InitiativeKind, blank=_l("All"))
    stage = choice_field(_l("Status"), Stage, blank=_l("All"))
    lasting = choice_field(_l("Lasting or ended"), Lasting, blank=_l("All"))
    on = day_field(_l("As on"))
