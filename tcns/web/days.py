"""Days as people type and read them: dd/mm/yyyy, whatever language their browser speaks."""

import re
from datetime import date
from typing import Any

from wtforms import DateField
from wtforms.widgets import TextInput

from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l

NOT_A_DAY = _l("Not a day. Write it like 30/06/2024.")
# A day outside these years is a slip of the hand.
YEARS = range(1900, 2101)
# As addresses have it; as it is written, with one sign throughout; as it is keyed in on a phone,
# where there is no sign among the figures. A year of two figures could be a day as well.
ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
WRITTEN = re.compile(
    r"(?P<day>\d{1,2})(?P<sign>[/.\- ])(?P<month>\d{1,2})(?P=sign)(?P<year>\d{4})", re.ASCII
)
KEYED = re.compile(r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4})", re.ASCII)


def day_in(text: str) -> date | None:
    """The day that a text means; None where it means none, or more than one."""
    plain = " ".join(text.split())
    for form in (ISO, WRITTEN, KEYED):
        found = form.fullmatch(plain)
        if found:
            return _day_of(*(int(found[part]) for part in ("year", "month", "day")))
    return None


def _day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


class DayInput(TextInput):
    """A box for a day: it shows dd/mm/yyyy, and a script puts a calendar beside it.

    As `type="date"` it is the browser's own control, which takes its days in ISO form.
    """

    def __call__(self, field: Any, **attributes: Any) -> Any:
        """The box."""
        if attributes.get("type") == "date":
            shown = field.data.isoformat() if field.data else ""
            return super().__call__(field, **{"value": shown, **attributes})
        usual = {
            "inputmode": "numeric",
            "autocomplete": "off",
            "placeholder": _("dd/mm/yyyy"),
            "data-calendar": _("Choose in a calendar"),
        }
        return super().__call__(field, **{**usual, **attributes})


class DayField(DateField):
    """A day as it is typed: 30/6/2024, 30-06-2024, 30062024; ISO as well, as links have it."""

    widget = DayInput()
    data: Any

    def _value(self) -> str:
        """What was typed, as it was typed; else the day."""
        return " ".join(self.raw_data) if self.raw_data else format_day(self.data)

    def process_formdata(self, values: list[str]) -> None:
        """Understand the day; refuse what is none."""
        text = " ".join(values).strip()
        self.data = day_in(text) if text else None
        if text and self.data is None:
            raise ValueError(NOT_A_DAY)
