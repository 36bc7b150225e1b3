"""Choosing rows of a list to do something to: the ticked ones, those of a page, or all."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any

from flask import flash, request
from sqlalchemy import Select
from werkzeug import Response
from wtforms import HiddenField

from tcns.database import db
from tcns.i18n import ngettext
from tcns.reversals.offering import offer_undo
from tcns.reversals.undertaking import Chosen, Left, Outcome, Plan, Undertaking
from tcns.web.forms import WritingForm, tidy
from tcns.web.paging import paginate, same_filters
from tcns.web.replay import done_once

# So many rows are done at once: dissolving as many teams holds the write lock for some seconds.
MOST_ROWS = 200
# No row has a greater id or version.
LARGEST = 2**31 - 1
MOST_SAID = 5
OF_THE_CHOICE = ("which", "row")


class Which(StrEnum):
    """Which rows of the list are meant."""

    TICKED = "ticked"
    PAGE = "page"
    ALL = "all"


class BulkForm(WritingForm):
    """What is to be done to many rows: which, in the versions that were looked at.

    `stated` keeps the answers for which the page has stated what would be done: with others it
    states that anew before anything is done.
    """

    count, most_rows = 0, MOST_ROWS
    rows = HiddenField(filters=[tidy])
    stated = HiddenField(filters=[tidy])

    @property
    def is_too_much(self) -> bool:
        """Whether more was chosen than can be done at once."""
        return self.count > MOST_ROWS

    def choose(self, rows: Sequence[Any]) -> None:
        """Take these rows in the versions they have."""
        self.count = len(rows)
        self.rows.data = " ".join(f"{row.id}.{row.version}" for row in rows)

    def chosen(self) -> list[Chosen]:
        """The rows that were taken, each once; what is no row is left out."""
        found = filter(None, map(_chosen, (self.rows.data or "").split()))
        return [Chosen(*pair) for pair in dict(found).items()][:MOST_ROWS]

    def answers(self) -> str:
        """The answers on which it depends what is done."""
        return "sure"

    def is_clear(self) -> bool:
        """Whether it can be stated what would be done."""
        return not self.is_too_much

    def carried_out(self, operate: Callable[[], str]) -> Response | None:
        """The answer once it was done: the form is sound, the button pressed, and what would be
        done had been stated for the same answers. None else: the page states it."""
        is_sound = self.validate_on_submit()
        is_settled = "do" in request.form and self.stated.data == self.answers()
        return done_once(self, operate) if is_sound and is_settled else None

    def planned(self, undertaking: Callable[[], Undertaking[Any]]) -> Plan[Any] | None:
        """What would be done with the present answers, which the page then states."""
        self.stated.data = self.answers()
        return undertaking().plan(self.chosen()) if self.is_clear() else None


def _chosen(text: str) -> Chosen | None:
    """Id and version as the form carries them."""
    row_id, _dot, version = text.partition(".")
    return Chosen(int(row_id), int(version)) if _is_id(row_id) and _is_id(version) else None


def wanted_rows(listed: Select[Any], model: Any) -> list[Any]:
    """The rows of a list that the address means; one more than can be done where there are more."""
    which = request.args.get("which", "")
    if which == Which.PAGE:
        return [row[0] for row in paginate(listed).rows]
    if which == Which.ALL:
        return list(db.session.scalars(listed.limit(MOST_ROWS + 1)))
    ids = [int(text) for text in request.args.getlist("row")[: MOST_ROWS + 1] if _is_id(text)]
    return list(db.session.scalars(listed.where(model.id.in_(ids)))) if ids else []


def _is_id(text: str) -> bool:
    """Whether a text can be the id of a row."""
    return text.isascii() and text.isdigit() and len(text) < 11 and int(text) <= LARGEST


def filters_to_keep() -> list[tuple[str, str]]:
    """What the address says of the list: sent along with the choice of its rows."""
    pairs = ((name, tidy(value)) for name, value in request.args.items(multi=True))
    return [
        (name, value)
        for name, value in pairs
        if value and name.isidentifier() and name not in OF_THE_CHOICE
    ]


def back_to(endpoint: str) -> str:
    """The address of the list the rows were chosen of, filtered as it was."""
    return same_filters(endpoint, without=OF_THE_CHOICE)


def tell(done: str, outcome: Outcome[Any]) -> None:
    """Say on the next page what was done, with the way to undo it, and what was left and why."""
    offer_undo(done, outcome.reversible)
    if outcome.left:
        flash(_what_was_left(outcome.left), "warning")


def _what_was_left(left: Sequence[Left]) -> str:
    """How many were left, and the first of them with the reason."""
    said = [f"{one.name}: {one.why}" if one.name else one.why for one in left[:MOST_SAID]]
    rest = len(left) - MOST_SAID
    more = [ngettext("And %(num)s more.", "And %(num)s more.", rest)] if rest > 0 else []
    count = ngettext("%(num)s was left as it was:", "%(num)s were left as they were:", len(left))
    return " ".join([count, *said, *more])
