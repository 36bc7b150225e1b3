"""Fields of the form of a session that no other form has."""

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from wtforms import HiddenField, RadioField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from tcns.i18n import gettext as _
from tcns.permissions.guards import LARGEST_ID
from tcns.vietnamese import normalise
from tcns.web.fields import Filled
from tcns.web.filters import NOT_OFFERED

MOST_HOURS = 24


def record_id(text: object) -> int:
    """An id as a form sends it; raises ValueError when it can be none."""
    number = int(str(text))
    if not 0 < number <= LARGEST_ID:
        raise ValueError
    return number


class TickField(SelectMultipleField):
    """Several of what is offered, as boxes to tick."""

    widget = ListWidget()
    option_widget = CheckboxInput()


def word_field(label: Any, words: Iterable[StrEnum], *, is_required: bool = True) -> RadioField:
    """One word of a vocabulary, as buttons, none of them pressed beforehand."""
    offered: list[Any] = list(words)
    vocabulary = type(offered[0])
    return RadioField(
        label,
        [Filled()] if is_required else [],
        choices=[SelectChoice(value=word.value, label=word.label) for word in offered],
        coerce=lambda text: vocabulary(text) if text else None,
        invalid_value_message=NOT_OFFERED,
        invalid_choice_message=NOT_OFFERED,
        validate_choice=is_required,
    )


class HoursField(StringField):
    """A time in hours, as 2, 1,5 or 1.5; its data is a Decimal or None."""

    def _value(self) -> str:
        """What was typed, else the hours the Vietnamese way."""
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data:.1f}".replace(".", ",").removesuffix(",0") if self.data else ""

    def process_formdata(self, values: list[str]) -> None:
        """Understand the number; one decimal is kept."""
        text = (normalise(values[0]) if values else "") or ""
        self.data = None
        if text:
            self.data = hours_in(text)


def hours_in(text: str) -> Decimal:
    """Hours as typed; raises ValueError with what to write instead."""
    try:
        hours = Decimal(text[:8].replace(",", ".")).quantize(Decimal("0.1"))
    except InvalidOperation:
        hours = Decimal(0)
    if not hours.is_finite() or not 0 < hours <= MOST_HOURS:  # NaN cannot be compared
        raise ValueError(_("Write the hours from 0,5 to 24, like 1,5."))
    return hours


class ClientKeyField(HiddenField):
    """The key under which a device logs a session; one made here where the device made none."""

    def process_formdata(self, values: list[str]) -> None:
        """Read the key in its one written form."""
        self.data = str(uuid4())
        if any(values):
            try:
                self.data = str(UUID(values[0]))
            except ValueError as error:
                raise ValueError(
                    _("This form is damaged. Check it, then send it again.")
                ) from error


class DeviceMomentField(HiddenField):
    """A moment by the clock of a phone, as 2026-11-29T07:05:00Z; what cannot be read is not known.

    It is a claim beside the session: nobody who logs one can mend it, so it refuses nothing.
    """

    def process_formdata(self, values: list[str]) -> None:
        """Read the moment; one that names no zone tells nothing."""
        self.data = None
        try:
            moment = datetime.fromisoformat(values[0] if values else "")
            self.data = moment.astimezone(UTC) if moment.tzinfo else None
        except (ValueError, OverflowError):
            self.data = None
