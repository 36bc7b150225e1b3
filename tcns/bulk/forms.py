"""Choosing rows of a list to do something to: the ticked ones, those of a page, or all."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import request
from werkzeug import Response
from wtforms import HiddenField

from tcns.bulk.actions import BulkAction, Chosen, Outcome, Plan
from tcns.clock import today
from tcns.i18n import lazy_gettext as _l
from tcns.vietnamese import normalise
from tcns.web.fields import past_day_field
from tcns.web.forms import WritingForm
from tcns.web.idempotency import submit_once

# So many rows are done at once: dissolving as many teams holds the write lock for some seconds.
MOST_ROWS = 200
# No row has a greater id or version.
LARGEST = 2**31 - 1


class BulkForm(WritingForm):
    """What is to be done to many rows: which, in the versions that were looked at.

    `stated` keeps the answers for which the page has stated what would be done: with others it
    states that anew before anything is done.
    """

    most_rows = MOST_ROWS
    rows = HiddenField(filters=[normalise])
    stated = HiddenField(filters=[normalise])

    @property
    def is_too_much(self) -> bool:
        """Whether more was chosen than can be done at once."""
        return len(self._taken()) > MOST_ROWS

    def choose(self, rows: Sequence[Any]) -> None:
        """Take these rows in the versions they have."""
        self.rows.data = " ".join(f"{row.id}.{row.version}" for row in rows)

    def chosen(self) -> list[Chosen]:
        """The rows that were taken, each once, and none of too many; what is no row is left out."""
        return [] if self.is_too_much else [Chosen(*pair) for pair in self._taken().items()]

    def answers(self) -> str:
        """The answers on which it depends what is done."""
        return "sure"

    def is_clear(self) -> bool:
        """Whether it can be stated what would be done."""
        return not self.is_too_much

    def carried_out(
        self, operate: Callable[[], Outcome[Any]], then: Callable[[Outcome[Any]], str]
    ) -> Response | None:
        """The answer once it was done: the form is sound, the button pressed, and what would be
        done had been stated for the same answers. None else: the page states it."""
        is_settled = "do" in request.form and self.stated.data == self.answers()
        if is_settled and not self.is_too_much:
            return submit_once(self, operate, then)
        self.validate_on_submit()
        return None

    def planned(self, action: Callable[[], BulkAction[Any]]) -> Plan[Any] | None:
        """What would be done with the present answers, which the page then states."""
        self.stated.data = self.answers()
        return action().plan(self.chosen()) if self.is_clear() else None

    def _taken(self) -> dict[int, int]:
        """The versions that were looked at, by the ids of the rows."""
        return dict(filter(None, map(_chosen, (self.rows.data or "").split())))


def _chosen(text: str) -> Chosen | None:
    """Id and version as the form carries them."""
    row_id, _dot, version = text.partition(".")
    return Chosen(int(row_id), int(version)) if is_id(row_id) and is_id(version) else None


def is_id(text: str) -> bool:
    """Whether a text can be the id of a row."""
    return text.isascii() and text.isdigit() and len(text) < 11 and int(text) <= LARGEST


class LastDayForm(BulkForm):
    """The last day of many records: on it depends to which of them it can be done."""

    last_day = past_day_field(_l("Last day"))

    def answers(self) -> str:
        """The last day."""
        return self.last_day.data.isoformat() if self.last_day.data else ""

    def suggest_today(self) -> None:
        """Begin with today."""
        self.last_day.data = today()

    def is_clear(self) -> bool:
        """Whether there is a day for which it can be stated what would be done."""
        return super().is_clear() and bool(self.last_day.data and not self.last_day.errors)
