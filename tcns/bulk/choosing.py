"""Choosing rows of a list to do something to, and telling what was done."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from flask import flash, request
from sqlalchemy import Select

from tcns.bulk.actions import Left, Outcome
from tcns.bulk.forms import MOST_ROWS, is_id
from tcns.database import db
from tcns.i18n import ngettext
from tcns.undo.offering import offer_undo
from tcns.vietnamese import normalise
from tcns.web.paging import paginate, same_filters

MOST_SHOWN = 5


OF_THE_CHOICE = ("which", "row")


class Which(StrEnum):
    """Which rows of the list are meant."""

    TICKED = "ticked"
    PAGE = "page"
    ALL = "all"


def wanted_rows(listed: Select[Any], model: Any) -> list[Any]:
    """The rows of a list that the address means; one more than can be done where there are more."""
    which = request.args.get("which", "")
    if which == Which.PAGE:
        return [row[0] for row in paginate(listed).rows]
    if which == Which.ALL:
        return list(db.session.scalars(listed.limit(MOST_ROWS + 1)))
    ids = [int(text) for text in request.args.getlist("row")[: MOST_ROWS + 1] if is_id(text)]
    return list(db.session.scalars(listed.where(model.id.in_(ids)))) if ids else []


def filters_to_keep() -> list[tuple[str, str]]:
    """What the address says of the list: sent along with the choice of its rows."""
    pairs = ((name, normalise(value)) for name, value in request.args.items(multi=True))
    return [
        (name, value)
        for name, value in pairs
        if value and name.isidentifier() and name not in OF_THE_CHOICE
    ]


def back_to(endpoint: str) -> str:
    """The address of the list the rows were chosen of, filtered as it was."""
    return same_filters(endpoint, without=OF_THE_CHOICE)


def flash_outcome(done: str, outcome: Outcome[Any]) -> None:
    """Say on the next page what was done, with the way to undo it, and what was left and why."""
    offer_undo(done, outcome.reversible)
    if outcome.left:
        flash(_what_was_left(outcome.left), "warning")


def _what_was_left(left: Sequence[Left]) -> str:
    """How many were left, and the first of them with the reason."""
    value = [f"{one.name}: {one.why}" if one.name else one.why for one in left[:MOST_SHOWN]]
    rest = len(left) - MOST_SHOWN
    more = [ngettext("And %(num)s more.", "And %(num)s more.", rest)] if rest > 0 else []
    count = ngettext("%(num)s was left as it was:", "%(num)s were left as they were:", len(left))
    return " ".join([count, *value, *more])
