"""What the form of a team's next session has filled in: as its last one, as far as is wanted."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask import request
from flask_login import current_user

from tcns.activities.entry import queries as entry_queries
from tcns.activities.entry.forms import EntryForm
from tcns.activities.entry.queries import LastTime
from tcns.clock import today
from tcns.teams.models import Team

# What is filled in as last time, and what the address says of that: the short way, or none of it.
REPEATED = ("kind", "form", "topics", "helpers")
SHORT, NOTHING = "last", "nothing"


def like() -> str:
    """How much the address wants to be filled in."""
    return request.args.get("like", "")


class FilledIn(NamedTuple):
    """What is filled in for a team's next session: its last one, and what is likely as then."""

    last: LastTime | None
    usual: Mapping[str, Any]


def filled_in(team: Team) -> FilledIn:
    """What a team's next session is likely to be: as its last one, with whoever logs it."""
    last = None if like() == NOTHING else entry_queries.last_time(team, today())
    helpers = entry_queries.own_membership(team, current_user.id, today())
    if last is None:
        return FilledIn(None, {"helpers": helpers})
    repeated = {name: getattr(last, name) for name in REPEATED}
    return FilledIn(last, {**repeated, "helpers": helpers | last.helpers})


def as_last_time(form: EntryForm, last: LastTime | None, usual: Mapping[str, Any]) -> list[str]:
    """Which fields of the form stand as they were last time, with something to clear."""
    if last is None:
        return []
    filled = [name for name in REPEATED if getattr(last, name)]
    return [name for name in filled if _plain(form[name].data) == _plain(usual[name])]


def _plain(value: Any) -> Any:
    """A value to be compared: of several the order does not matter."""
    return value if value is None or isinstance(value, str) else set(value)
