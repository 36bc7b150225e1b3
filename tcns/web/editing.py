"""Forms that edit a record: what somebody else saved meanwhile is shown, never lost.

The form carries the version it was opened with. When it is stale, each field that differs says
what is saved now, the summary says who saved it and when, and what was typed stays. The form then
carries the new version: saving again replaces what is saved, knowingly.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Self

from wtforms import BooleanField, Field, HiddenField, SelectField, SelectMultipleField

from tcns.audit.queries import last_event_of
from tcns.errors import RuleViolation, Stale
from tcns.i18n import format_day, format_moment, format_number, format_phone, join_words
from tcns.i18n import gettext as _
from tcns.web.fields import PhoneField
from tcns.web.forms import WritingForm

NO_VERSION = 0  # versions begin at 1: a form that says nothing sensible is stale


class VersionField(HiddenField):
    """The version of the record that the form was opened with."""

    def process_formdata(self, values: list[str]) -> None:
        """Read the number; whatever else was sent is no version."""
        text = values[0] if values else ""
        self.data = (
            int(text) if text.isascii() and text.isdigit() and len(text) < 10 else NO_VERSION
        )


class EditingForm(WritingForm):
    """A form that changes one record, which others may be changing as well.

    The operation gets `version.data`, and raises Stale where the record is no more that version.
    """

    version = VersionField()

    @classmethod
    def of(cls, record: Any) -> Self:
        """The form of a record: what is saved, or what was sent."""
        form = cls(data={**cls.saved_of(record), "version": record.version})
        form.record = record
        return form

    @classmethod
    def saved_of(cls, record: Any) -> Mapping[str, Any]:
        """What is saved of the record, by field; here the attributes that are called the same."""
        names = [name for name in dir(cls) if hasattr(getattr(cls, name), "field_class")]
        return {name: getattr(record, name) for name in names if hasattr(record, name)}

    def add_error(self, broken: RuleViolation) -> None:
        """Show what is saved now when the form is stale; other broken rules as every form does."""
        if isinstance(broken, Stale):
            self._compare(broken)
        else:
            super().add_error(broken)

    def _compare(self, stale: Stale) -> None:
        """Show both versions, and take the new one as known."""
        self.version.data = self.record.version
        saved_words = [
            (self[name], words_of(self[name], saved))
            for name, saved in self.saved_of(self.record).items()
            if name in self._fields and name != "version"
        ]
        for field, words in saved_words:
            if words != words_of(field, field.data):
                field.saved_now = words or _("nothing")
        is_compared = any(hasattr(field, "saved_now") for field in self)
        self.form_errors.append(_message(stale, is_compared=is_compared))


def _message(stale: Stale, *, is_compared: bool) -> str:
    """What happened, and what to do."""
    advice = (
        _(
            "What is saved now stands beside each field that differs. Save again to replace it "
            "with what you typed."
        )
        if is_compared
        else _("Look at it again.")
    )
    return f"{_who_saved(stale)} {advice}"


def _who_saved(stale: Stale) -> str:
    """Who saved the record meanwhile, and when."""
    last = last_event_of(stale.record) if stale.record else None
    if last is None or last.actor is None:
        return _("Somebody else saved this in the meantime.")
    return _(
        "%(name)s saved this in the meantime (%(moment)s).",
        name=last.actor.full_name,
        moment=format_moment(last.at),
    )


def words_of(field: Field, value: Any) -> str:
    """A field's value as people read it."""
    if isinstance(field, SelectMultipleField):
        return join_words(_labels(field, value or ()))
    if isinstance(field, SelectField):
        return join_words(_labels(field, [value]))
    if isinstance(field, BooleanField):
        return _("yes") if value else _("no")
    return _plain_words(field, value)


def _labels(field: SelectField, values: Iterable[Any]) -> list[str]:
    """The labels of the chosen ones, in the order they are offered; others as they are."""
    chosen = {str(value) for value in values if value not in (None, "")}
    offered = {str(choice.value): str(choice.label) for choice in field.iter_choices()}
    return [label for value, label in offered.items() if value in chosen] + sorted(
        chosen - offered.keys()
    )


def _plain_words(field: Field, value: Any) -> str:
    """A value that was typed."""
    if isinstance(field, PhoneField):
        return format_phone(value)
    if isinstance(value, date):
        return format_day(value)
    if isinstance(value, Decimal):
        return format_number(float(value), 1)
    if isinstance(value, int):
        return format_number(value)
    return str(value or "").strip()
