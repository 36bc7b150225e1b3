"""The forms with which sessions are logged and corrected."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Self
from uuid import uuid4

from wtforms import BooleanField, Field, RadioField, ValidationError
from wtforms.fields.choices import SelectChoice

from tcns.activities.content import COUNTS, PARTS, ActivityText, DeviceMoments
from tcns.activities.entry.fields import (
    ClientKeyField,
    DeviceMomentField,
    HoursField,
    TickField,
    record_id,
    word_field,
)
from tcns.activities.entry.queries import Offered
from tcns.activities.models import Activity
from tcns.activities.vocabulary import ActivityForm, ActivityKind, Topic, TwinAnswer
from tcns.clock import today
from tcns.errors import RuleViolation, Stale
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l
from tcns.web.editing import EditingForm
from tcns.web.fields import count_field, line_field, note_field
from tcns.web.filters import NOT_OFFERED, day_field
from tcns.web.forms import FilterForm

OTHER = "other"
AMOUNT = "amount_"
# Which count each is judged by: parts by their whole; whether anybody was reached, by both.
JUDGED_BY = {
    **dict.fromkeys(PARTS, "participant_count"),
    "new_household_count": "household_count",
    "participant_count": "household_count",
}


class ChosenDay:
    """The day of a session, one of those offered or another."""

    held_on = RadioField(_l("Held on"), validate_choice=False)
    other_day = day_field(_l("Another day"))

    @property
    def day(self) -> date | None:
        """The day that was chosen, if it is one."""
        if self.held_on.data == OTHER:
            return None if self.other_day.errors else self.other_day.data
        try:
            return date.fromisoformat(str(self.held_on.data))
        except ValueError:
            return None


class DayForm(ChosenDay, FilterForm):
    """The day alone, read before it is known what the session of that day is asked for."""


class EntryForm(ChosenDay, EditingForm):
    """A session as it is told: when, what, for how many, with whom."""

    kind = word_field(_l("Kind of session"), ActivityKind)
    form = word_field(_l("Form"), ActivityForm)
    topics = TickField(
        _l("Topics"),
        coerce=Topic,
        choices=[SelectChoice(value=topic.value, label=topic.label) for topic in Topic],
        invalid_value_message=NOT_OFFERED,
    )
    participant_count = count_field(_l("Participants"))
    women_count = count_field(_l("Women"))
    minority_count = count_field(_l("Ethnic minorities"))
    elderly_count = count_field(_l("Elderly"))
    household_count = count_field(_l("Households"))
    new_household_count = count_field(_l("Households new this year"))
    helpers = TickField(
        _l("Who helped"), coerce=record_id, validate_choice=False, invalid_value_message=NOT_OFFERED
    )
    hours = HoursField(_l("Hours"), render_kw={"inputmode": "decimal", "autocomplete": "off"})
    venue = line_field(_l("Venue"), required=False)
    note = note_field(_l("Note"))
    is_confirmed = BooleanField(_l("The figures are right: submit them so"))
    twin = word_field(_l("Is it the same session?"), TwinAnswer, is_required=False)
    client_key = ClientKeyField(default=lambda: str(uuid4()))
    device_logged_at = DeviceMomentField()
    device_sent_at = DeviceMomentField()

    @classmethod
    @lru_cache(maxsize=64)  # a day's form is the same for all, in each language
    def counting(cls, indicators: tuple[Offered, ...]) -> type[Self]:
        """The form with one count for each of these indicators."""
        fields = {f"{AMOUNT}{one.id}": count_field(one.label) for one in indicators}
        return type(cls.__name__, (cls,), fields)

    @classmethod
    def new(cls, data: Mapping[str, Any]) -> Self:
        """The form of a session not logged yet."""
        form = cls(data={"held_on": today().isoformat(), **data})
        form.offer_days()
        return form

    @classmethod
    def of(cls, record: Activity) -> Self:
        """The form of a session that is corrected."""
        form = super().of(record)
        form.offer_days(record.held_on)
        return form

    @classmethod
    def saved_of(cls, record: Activity) -> Mapping[str, Any]:
        """What is saved of a session, by field."""
        amounts = {f"{AMOUNT}{one.indicator_id}": one.amount for one in record.indicator_values}
        plain = {name: getattr(record, name) for name in (*COUNTS, "hours", "venue", "note")}
        none = {name: None for name in dir(cls) if name.startswith(AMOUNT)}
        return {
            **plain,
            **none,
            **amounts,
            "held_on": record.held_on.isoformat(),
            "kind": record.activity_kind,
            "form": record.activity_form,
            "topics": [topic.skill for topic in record.topics],
            "helpers": [attendance.membership_id for attendance in record.attendances],
        }

    def renew_keys(self) -> None:
        """Let it be another session as well."""
        super().renew_keys()
        self.client_key.data = str(uuid4())

    def offer_days(self, *further: date) -> None:
        """Offer today, yesterday, these days and another one, each with what it is called."""
        words = {today(): _("Today"), today() - timedelta(days=1): _("Yesterday")}
        chosen = [self.day] if self.day and self.held_on.data != OTHER else []
        days = sorted({*words, *further, *chosen}, reverse=True)
        labels = {
            day: f"{words[day]} {day:%d/%m}" if day in words else format_day(day) for day in days
        }
        self.held_on.choices = [
            *(SelectChoice(value=day.isoformat(), label=label) for day, label in labels.items()),
            SelectChoice(value=OTHER, label=_("Another day")),
        ]

    def offer_helpers(self, members: Sequence[Offered]) -> None:
        """Offer who was in the team that day."""
        self.helpers.choices = [SelectChoice(value=str(one.id), label=one.label) for one in members]

    @property
    def amounts(self) -> list[Field]:
        """The counts of indicators."""
        return [field for name, field in self._fields.items() if name.startswith(AMOUNT)]

    def validate_held_on(self, _field: Field) -> None:
        """Refuse a day that cannot be read, and two days at once."""
        if self.held_on.data == OTHER and self.other_day.data is None and not self.other_day.errors:
            raise ValidationError(_("Say on which day."))
        if self.held_on.data != OTHER and self.day is None:
            raise ValidationError(NOT_OFFERED)
        if self.held_on.data != OTHER and self.other_day.data not in (None, self.day):
            raise ValidationError(_("Choose “Another day”, or empty its date."))

    def text(self) -> ActivityText:
        """What the form says, so far as it can be understood; a day that cannot be is today."""
        counts = {name: self[name].data for name in COUNTS}
        return ActivityText(
            kind=self.kind.data,
            form=self.form.data,
            held_on=self.day or today(),
            hours=self.hours.data,
            venue=self.venue.data or None,
            note=self.note.data or None,
            topics=self.topics.data or (),
            helpers=self.helpers.data or (),
            is_confirmed=bool(self.is_confirmed.data),
            amounts={
                int(field.name.removeprefix(AMOUNT)): field.data
                for field in self.amounts
                if field.data is not None
            },
            **counts,
        )

    def device(self) -> DeviceMoments:
        """What the phone says of its clock, if it says something."""
        return DeviceMoments(self.device_logged_at.data, self.device_sent_at.data)

    def judged(self, broken: Iterable[RuleViolation]) -> list[RuleViolation]:
        """Of broken rules those of which everything they judge was understood."""
        return [one for one in broken if self._understood(one.field or "")]

    def _understood(self, name: str) -> bool:
        """Whether the field can be judged: all but the counts depend on the day."""
        judged = self[name], self[JUDGED_BY.get(name, name)]
        return (name in COUNTS or self.day is not None) and not any(one.errors for one in judged)

    def add_error(self, broken: RuleViolation) -> None:
        """Show broken rules; of a stale form's day also the one that is saved now."""
        if isinstance(broken, Stale):
            self.offer_days(self.record.held_on)
        super().add_error(broken)
