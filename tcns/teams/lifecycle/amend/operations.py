"""Amending a team (điều chỉnh, bổ sung): a decision that changes what it is, not who is in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tcns.accounts.models import User
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.database.locking import lock
from tcns.errors import RuleViolation, raise_violations
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.teams.decisions.operations import decide
from tcns.teams.members.rules import days_violations
from tcns.teams.models import EstablishingDecision, Team
from tcns.teams.vocabulary import Purpose
from tcns.undo.models import Reversible
from tcns.undo.operations import undoable
from tcns.undo.vocabulary import ReversibleKind


@dataclass(frozen=True)
class Amendment:
    """What a decision makes of a team from a day on: its name, which may stay as it was."""

    team: Team
    name: str
    first_day: date


def amend_team(
    wanted: Amendment, *, decision: EstablishingDecision, by: User, version: int | None = None
) -> Reversible:
    """Amend a team by a decision; it can be undone.

    A team is listed under its latest name on every day; what it was called before stands in its
    timeline.
    """
    team = wanted.team
    lock(team, version)
    raise_violations(list(amendment_violations(wanted)))
    with undoable(ReversibleKind.TEAM_AMENDED, by=by, area_id=team.area_id) as done:
        decide(team, decision, Purpose.AMEND)
        changes = {
            "name": (team.name, wanted.name),
            "valid_from": (None, wanted.first_day),
            "decision": (None, decision.number),
        }
        team.name = wanted.name
        record(Event.TEAM_AMENDED, by=by, on=team, area_id=team.area_id, changes=changes)
    return done


def amendment_violations(wanted: Amendment) -> Iterator[RuleViolation]:
    """Why a team cannot be amended so, each with its field; nothing is written."""
    team = wanted.team
    if team.valid_to is None:
        yield from days_violations(team, wanted.first_day, None)
    else:
        day = format_day(team.last_day)
        yield RuleViolation(_("The team was dissolved after %(day)s already.", day=day))
