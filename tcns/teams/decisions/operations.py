"""What changes decisions: putting one on file, putting right what it says."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from tcns.accounts.models import User
from tcns.areas.models import Area
from tcns.audit.operations import PlannedEvent, Written, add_row, record
from tcns.audit.vocabulary import Event
from tcns.clock import today
from tcns.database import db
from tcns.database.locking import lock
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.teams.models import EstablishingDecision, Team, TeamDecision
from tcns.teams.vocabulary import Purpose


@dataclass(frozen=True)
class DecisionText:
    """What a decision says on its head: số, ngày, cơ quan ban hành, trích yếu."""

    number: str
    issued_on: date
    issuer: str
    summary: str


def issue_decision(text: DecisionText, *, area: Area, by: User) -> EstablishingDecision:
    """Put a decision of an area's authority on file; one issued already serves again.

    The same number, day and issuer in the same area is the same decision.
    """
    _check_issued(text)
    lock(area)
    known = decision_on_file(text, area.id)
    if known:
        return known
    return add_row(EstablishingDecision, decision_row(text, area.id), by=by)


def decision_row(text: DecisionText, area_id: int) -> Written:
    """What is written of a decision of an area's authority that comes on file."""
    changes = {field: (None, value) for field, value in vars(text).items()}
    values = {"area_id": area_id, **vars(text), **EstablishingDecision.keys_of(text.number)}
    return Written(values, PlannedEvent(Event.DECISION_ISSUED, area_id, changes))


def correct_decision(
    decision: EstablishingDecision, text: DecisionText, *, by: User, version: int | None = None
) -> None:
    """Correct what a decision says; it stays the decision of its teams."""
    lock(decision, version)
    _check_issued(text)
    known = decision_on_file(text, decision.area_id)
    if known and known is not decision:
        raise RuleViolation(_("This decision is on file already."), "number")
    changes: dict[str, tuple[Any, Any]] = {
        field: (getattr(decision, field), value) for field, value in vars(text).items()
    }
    for field, value in vars(text).items():
        setattr(decision, field, value)
    record(Event.DECISION_CORRECTED, by=by, on=decision, area_id=decision.area_id, changes=changes)


def _check_issued(text: DecisionText) -> None:
    """Refuse a decision of a day to come."""
    if text.issued_on > today():
        raise RuleViolation(_("The decision's day lies in the future."), "issued_on")


def decision_on_file(text: DecisionText, area_id: int) -> EstablishingDecision | None:
    """The decision on file that bears the same number, day and issuer in an area."""
    query = select(EstablishingDecision).filter_by(
        area_id=area_id, number=text.number, issued_on=text.issued_on, issuer=text.issuer
    )
    return db.session.scalar(query.order_by(EstablishingDecision.id).limit(1))


def effect_values(team_id: Any, decision_id: Any, purpose: Purpose) -> dict[str, Any]:
    """The columns that say what a decision did to a team."""
    return {"team_id": team_id, "decision_id": decision_id, "purpose": purpose.value}


def decide(team: Team, decision: EstablishingDecision, purpose: Purpose) -> None:
    """Note what a decision did to a team, once."""
    key = (team.id, decision.id, purpose.value)
    if db.session.get(TeamDecision, key) is None:
        effect = TeamDecision(**effect_values(team.id, decision.id, purpose))
        db.session.add(effect)
