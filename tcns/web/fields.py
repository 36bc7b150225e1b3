"""Fields of writing forms: what people type, as they type it, understood or explained."""

import re
from datetime import date
from typing import Any
from unicodedata import category

from wtforms import (
    Field,
    IntegerField,
    SelectFieldBase,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, Optional, StopValidation
from wtforms.widgets import TextInput

from tcns.errors import RuleViolation
from tcns.i18n import choose_message, enter_message, format_number, format_phone, lazy_number
from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l
from tcns.phones import parse_phone
from tcns.vietnamese import normalise, plain_signs
from tcns.web.days import NOT_A_DAY, YEARS, DayField
from tcns.web.filters import not_after_today

LONGEST_LINE = 200
LONGEST_NOTE = 2000
LARGEST_COUNT = 100_000
# A sign between figures groups them by three, one sign throughout: 1,5 and 20.0 are no counts.
WRITTEN_COUNT = re.compile(r"[0-9]+|[0-9]{1,3}(?:([., ])[0-9]{3})(?:\1[0-9]{3})*")


class Filled(InputRequired):
    """Something must be entered or chosen; the message names the field, or `what` where the label
    of the field is no name of what it holds."""

    def __init__(self, what: Any = None) -> None:
        super().__init__()
        self.what = what

    def __call__(self, form: Any, field: Any) -> None:
        """Refuse a field that was left empty."""
        try:
            super().__call__(form, field)
        except StopValidation:
            raise StopValidation(missing(field, self.what)) from None


def missing(field: Any, what: Any = None) -> str:
    """What is said of a field that may not stay empty."""
    if isinstance(field, SelectFieldBase):
        return choose_message(what or field.label.text)
    return enter_message(what or field.label.text)


def line_field(label: Any, *, required: bool = True, longest: int = LONGEST_LINE) -> StringField:
    """A line of text, tidied."""
    too_long = _l("Use at most %(count)s characters.", count=lazy_number(longest))
    checks = [Filled()] if required else [Optional()]
    checks += [visible] if required else []
    return StringField(label, [*checks, Length(max=longest, message=too_long)], filters=[normalise])


def note_field(label: Any, *, required: bool = False) -> TextAreaField:
    """Several lines of text; breaks between lines are kept."""
    too_long = _l("Use at most %(count)s characters.", count=lazy_number(LONGEST_NOTE))
    checks = [Filled(), visible] if required else [Optional()]
    return TextAreaField(
        label, [*checks, Length(max=LONGEST_NOTE, message=too_long)], filters=[normalise_lines]
    )


def normalise_lines(text: str | None) -> str | None:
    """Each line tidied."""
    lines = [normalise(line) or "" for line in text.splitlines()] if isinstance(text, str) else []
    return "\n".join(lines).strip() if isinstance(text, str) else text


def visible(_form: Any, field: Any) -> None:
    """Refuse text of which nothing can be seen: spaces, marks, control characters."""
    if not any(character.isalnum() for character in field.data or ""):
        blank = not (field.data or "").strip()
        raise ValidationError(missing(field) if blank else _("Write letters or digits."))


def count_in(text: str) -> int | None:
    """The whole number a text is: 1871, or its groups of three parted by one sign; else None."""
    plain = text.strip().replace("\u00a0", " ").replace("\u202f", " ")
    if not WRITTEN_COUNT.fullmatch(plain):
        return None
    return int(re.sub(r"\D", "", plain)[:12])


class CountField(IntegerField):
    """A number of people or households: 1871, 1.871 and 1 871 are the same; empty is not recorded.

    It is a line of text: a browser's own number control would lose the dot, or change the number
    under a turning wheel.
    """

    widget = TextInput()

    def _value(self) -> str:
        """What was typed, else the number."""
        return self.raw_data[0] if self.raw_data else "" if self.data is None else str(self.data)

    def process_formdata(self, values: list[str]) -> None:
        """Understand the digits; refuse what is no whole number."""
        text = values[0].strip() if values else ""
        self.data = count_in(text) if text else None
        if text and self.data is None:
            raise ValueError(_("Write a whole number, like 25."))


def count_field(label: Any, *checks: Any) -> CountField:
    """A count from 0 up."""
    return CountField(
        label,
        [_reasonable, *checks],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )


def _reasonable(_form: Any, field: Any) -> None:
    """Refuse a count that no session can have; what is no number was refused already."""
    if field.process_errors:
        raise StopValidation
    if field.data is not None and field.data > LARGEST_COUNT:
        most = format_number(LARGEST_COUNT)
        raise ValidationError(_("Write a number from 0 to %(most)s.", most=most))


class PhoneField(StringField):
    """A phone number as people write it; its data is E.164 or None, what was typed is kept."""

    def _value(self) -> str:
        """What was typed, else the stored number as it is read aloud."""
        return self.raw_data[0] if self.raw_data else format_phone(self.data)

    def process_formdata(self, values: list[str]) -> None:
        """Understand the number."""
        try:
            self.data = parse_phone(values[0] if values else None)
        except RuleViolation as broken:
            self.data = None
            raise ValueError(str(broken.message)) from broken


def phone_field(label: Any) -> PhoneField:
    """A phone number, if there is one."""
    return PhoneField(label, render_kw={"inputmode": "tel", "autocomplete": "off"})


LONGEST_NAME = 120


BETWEEN_LETTERS = " '’.-"


TOO_LONG = _l("Use at most %(count)s characters.", count=LONGEST_NAME)


def name_field(label: Any, *checks: Any, is_optional: bool = False) -> StringField:
    """A name, tidied."""
    begin = Optional() if is_optional else Filled()
    return StringField(
        label,
        [begin, Length(max=LONGEST_NAME, message=TOO_LONG), *checks],
        filters=[normalise, _with_plain_signs],
        render_kw={"autocomplete": "off"},
    )


def _with_plain_signs(text: str | None) -> str | None:
    """One apostrophe and one Đ, whichever sign was typed for it."""
    return plain_signs(text) if isinstance(text, str) else text


def written_with_letters(_form: Any, field: Field) -> None:
    """Refuse a name that holds anything but letters and what stands between them."""
    text = field.data or ""
    if not text:
        raise ValidationError(missing(field))
    has_letters = any(letter.isalpha() for letter in text)
    if not has_letters or not all(category(c)[0] in "LM" or c in BETWEEN_LETTERS for c in text):
        raise ValidationError(_("A person's name is written with letters only."))


def written_plainly(_form: Any, field: Field) -> None:
    """Refuse a name without letters or digits, and one with signs that no name has."""
    text = field.data or ""
    if not text:
        raise ValidationError(missing(field))
    if not any(letter.isalnum() for letter in text):
        raise ValidationError(_("Write letters or digits."))
    if not all(category(c)[0] in "LMN" or c in f'{BETWEEN_LETTERS},–()/&"“”' for c in text):
        raise ValidationError(_("A name is written with letters and numbers."))


def past_day_field(label: Any, *checks: Any, is_optional: bool = False) -> DayField:
    """A day that has come already."""
    begin = Optional() if is_optional else Filled()
    return DayField(label, [*checks, begin, _in_our_time, not_after_today])


def any_day_field(label: Any, *, is_optional: bool = False) -> DayField:
    """A day that may be still to come."""
    begin = Optional() if is_optional else Filled()
    return DayField(label, [begin, _in_our_time])


def _in_our_time(_form: Any, field: Field) -> None:
    """Refuse a day of another age."""
    if isinstance(field.data, date) and field.data.year not in YEARS:
        raise StopValidation(NOT_A_DAY)
