"""What is asked of indicators."""

from typing import Any

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from tcns.activities.vocabulary import Topic
from tcns.i18n import lazy_gettext as _l
from tcns.indicators.rules import IndicatorNames, NewIndicator
from tcns.indicators.vocabulary import Direction, Stage, Unit
from tcns.web.editing import EditingForm
from tcns.web.fields import Filled, any_day_field, line_field
from tcns.web.filters import NOT_OFFERED
from tcns.web.forms import WritingForm


def word_field(label: Any, words: Any, *, usual: Any = None) -> SelectField:
    """One word of a vocabulary: the usual one, or none beforehand."""
    offered = [SelectChoice(value=word.value, label=word.label) for word in words]
    none = [] if usual else [SelectChoice(value="", label=_l("Choose"))]
    return SelectField(
        label,
        [Filled()],
        choices=[*none, *offered],
        default=usual.value if usual else "",
        invalid_choice_message=NOT_OFFERED,
    )


class NameFields:
    """What an indicator is called and where it stands."""

    name_vi = line_field(_l("Name in Vietnamese"))
    name_en = line_field(_l("Name in English"))
    topic = word_field(_l("Topic"), Topic)
    direction = word_field(_l("Direction"), Direction, usual=Direction.MORE)

    def names(self) -> IndicatorNames:
        """What was typed."""
        direction = Direction(self.direction.data)
        return IndicatorNames(self.name_vi.data, self.name_en.data, self.topic.data, direction)


class AddForm(NameFields, WritingForm):
    """A new indicator."""

    unit = word_field(_l("Unit"), Unit)
    stage = word_field(_l("Guided or done"), Stage)
    first_day = any_day_field(_l("First day"))
    last_day = any_day_field(_l("Last day"), is_optional=True)
    code = line_field(_l("Code"), required=False, longest=40)

    def wanted(self) -> NewIndicator:
        """What was typed."""
        return NewIndicator(
            self.names(),
            Unit(self.unit.data),
            Stage(self.stage.data),
            self.first_day.data,
            self.last_day.data,
            self.code.data or None,
        )


class CorrectForm(NameFields, EditingForm):
    """What an indicator is called, to be corrected."""


class EndForm(EditingForm):
    """The last day on which an indicator is counted."""

    last_day = any_day_field(_l("Last day"))
