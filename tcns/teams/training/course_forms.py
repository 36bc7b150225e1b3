"""What is asked of courses."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from tcns.areas.models import Area, AreaName
from tcns.areas.place_forms import PlaceForm
from tcns.i18n import lazy_gettext as _l
from tcns.teams.models import Person
from tcns.teams.training.course_operations import CourseText
from tcns.web.editing import EditingForm
from tcns.web.fields import Filled, any_day_field, line_field, past_day_field
from tcns.web.filters import NOT_OFFERED
from tcns.web.forms import WritingForm


def tick_field(label: Any) -> SelectMultipleField:
    """Boxes to tick. Whether what is sent again can still be chosen, the operation asks."""
    return SelectMultipleField(
        label,
        [Filled()],
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        choices=[],
        validate_choice=False,
    )


class CourseFields:
    """What is said of a course."""

    name = line_field(_l("Name of the course"))
    organiser = line_field(_l("Organiser"))
    platform = line_field(_l("Platform or place"))
    started_on = any_day_field(_l("First day"))
    ended_on = any_day_field(_l("Last day"), is_optional=True)

    def text(self) -> CourseText:
        """What was typed."""
        return CourseText(
            self.name.data,
            self.organiser.data,
            self.platform.data,
            self.started_on.data,
            self.ended_on.data,
        )


class RecordCourseForm(CourseFields, WritingForm):
    """A new course, and whose it is."""

    area_id = SelectField(_l("Kept by"), coerce=int, choices=[], invalid_choice_message=NOT_OFFERED)
    areas: Sequence[tuple[Area, AreaName]] = ()

    def offer(self, areas: Sequence[tuple[Area, AreaName]]) -> None:
        """The areas whose authorities may keep it."""
        self.areas = areas
        self.area_id.choices = [
            SelectChoice(value=area.id, label=name.full_name) for area, name in areas
        ]

    def area(self) -> Area:
        """The area chosen."""
        return next(area for area, _name in self.areas if area.id == self.area_id.data)


class CourseForm(CourseFields, EditingForm):
    """A course on file, to be corrected."""


class WithdrawCourseForm(EditingForm):
    """A course that was entered by mistake."""


class EnrolForm(WritingForm):
    """Which members of a team take part."""

    persons = tick_field(_l("Members"))

    def offer(self, persons: Iterable[Person]) -> None:
        """Those to choose from."""
        self.persons.choices = [
            SelectChoice(value=person.id, label=person.full_name) for person in persons
        ]


class CompleteForm(WritingForm):
    """Which of those enrolled completed the course, and when."""

    chosen = tick_field(_l("Completed it"))
    finished_on = past_day_field(_l("Completed on"))


class CourseFilterForm(PlaceForm):
    """Which courses a list shows."""
