"""What changes teams: establishing them by decision, naming them right, dissolving them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from tcns.accounts.models import User
from tcns.areas.models import Area
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.i18n import format_day, today
from tcns.i18n import gettext as _
from tcns.rules import RuleBroken
from tcns.teams.models import EstablishingDecision, Membership, Team, TeamDecision
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
    if text.issued_on > today():
        raise RuleBroken(_("The decision's day lies in the future."), "issued_on")
    query = select(EstablishingDecision).filter_by(
        area_id=area.id, number=text.number, issued_on=text.issued_on, issuer=text.issuer
    )
    known = db.session.scalar(query.order_by(EstablishingDecision.id))
    if known:
        return known
    decision = EstablishingDecision(area_id=area.id, **vars(text))
    db.session.add(decision)
    db.session.flush()  # the record of it needs its id
    changes = {field: (None, value) for field, value in vars(text).items()}
    record(Event.DECISION_ISSUED, by=by, on=decision, area_id=area.id, changes=changes)
    return decision


@dataclass(frozen=True)
class TeamText:
    """What is said of a new team: its area, its name, since when, and why it is a second one."""

    area: Area
    name: str
    first_day: date
    second_reason: str | None = None


def establish_team(text: TeamText, *, decision: EstablishingDecision, by: User) -> Team:
    """Establish a team of a commune or village by a decision, from a day on.

    The area must exist that day. A second active team of an area needs a stated reason.
    """
    require_past(text.first_day, "first_day")
    lock_area(text.area)
    if not text.area.is_valid_on(text.first_day):
        message = _("The area does not exist on %(day)s.", day=format_day(text.first_day))
        raise RuleBroken(message, "first_day")
    if _has_team(text.area, text.first_day) and not text.second_reason:
        message = _("This area already has a team. Say why it needs a second one.")
        raise RuleBroken(message, "second_reason")
    team = Team(
        area_id=text.area.id,
        name=text.name,
        valid_from=text.first_day,
        second_reason=text.second_reason,
    )
    db.session.add(team)
    db.session.flush()  # the decision points to its id
    _decide(team, decision, Purpose.ESTABLISH)
    changes = {
        "name": (None, text.name),
        "valid_from": (None, text.first_day),
        "decision": (None, decision.number),
        "second_reason": (None, text.second_reason),
    }
    record(Event.TEAM_ESTABLISHED, by=by, on=team, area_id=team.area_id, changes=changes)
    return team


def _decide(team: Team, decision: EstablishingDecision, purpose: Purpose) -> None:
    """Note what a decision did to a team, once."""
    key = (team.id, decision.id, purpose.value)
    if db.session.get(TeamDecision, key) is None:
        db.session.add(TeamDecision(team_id=team.id, decision_id=decision.id, purpose=purpose))


def _has_team(area: Area, first_day: date) -> bool:
    """Whether the area has a team on the day or one still to come."""
    lasting = select(Team.id).where(
        Team.area_id == area.id, Team.valid_to.is_(None) | (Team.valid_to > first_day)
    )
    return db.session.scalar(lasting.limit(1)) is not None


def correct_team(team: Team, *, name: str, first_day: date, by: User) -> None:
    """Put a team's name or first day right; what lies in between must stay within.

    No membership may begin before the team does.
    """
    require_past(first_day, "first_day")
    lock(team)
    if team.valid_to and first_day >= team.valid_to:
        raise RuleBroken(_("The first day must lie before the last day."), "first_day")
    if not team.area.is_valid_on(first_day):
        message = _("The area does not exist on %(day)s.", day=format_day(first_day))
        raise RuleBroken(message, "first_day")
    earliest = db.session.scalar(
        select(Membership.valid_from)
        .where(Membership.team_id == team.id)
        .order_by(Membership.valid_from)
        .limit(1)
    )
    if earliest and earliest < first_day:
        message = _("A member joined on %(day)s already.", day=format_day(earliest))
        raise RuleBroken(message, "first_day")
    changes = {"name": (team.name, name), "valid_from": (team.valid_from, first_day)}
    team.name, team.valid_from = name, first_day
    record(Event.TEAM_CORRECTED, by=by, on=team, area_id=team.area_id, changes=changes)


def dissolve_team(team: Team, *, last_day: date, decision: EstablishingDecision, by: User) -> None:
    """Dissolve a team by a decision; its memberships end with it on the last day, inclusive."""
    require_past(last_day, "last_day")
    lock(team)
    if team.valid_to is not None:
        message = _("The team was dissolved on %(day)s already.", day=format_day(team.last_day))
        raise RuleBroken(message)
    if last_day < team.valid_from:
        message = _("The team was established on %(day)s only.", day=format_day(team.valid_from))
        raise RuleBroken(message, "last_day")
    ends = last_day + timedelta(days=1)
    for membership in lasting_memberships(team, ends):
        if membership.valid_from >= ends:
            message = _("A member joined after that day: put that right first.")
            raise RuleBroken(message, "last_day")
        membership.valid_to = ends
    _decide(team, decision, Purpose.DISSOLVE)
    changes = {"valid_to": (team.valid_to, ends), "decision": (None, decision.number)}
    team.valid_to = ends
    record(Event.TEAM_DISSOLVED, by=by, on=team, area_id=team.area_id, changes=changes)


def lasting_memberships(team: Team, ends: date) -> Sequence[Membership]:
    """The team's memberships that would outlast the day `ends`."""
    query = select(Membership).where(
        Membership.team_id == team.id,
        Membership.valid_to.is_(None) | (Membership.valid_to > ends),
    )
    return db.session.scalars(query).all()


def lock(team: Team) -> None:
    """Let others wait who would change the same team: its rules look at several rows.

    On SQLite the write transaction has locked everything already.
    """
    db.session.execute(select(Team.id).where(Team.id == team.id).with_for_update())


def lock_area(area: Area) -> None:
    """Let others wait who would establish a team in the same area."""
    db.session.execute(select(Area.id).where(Area.id == area.id).with_for_update())


def require_past(day: date, field: str) -> None:
    """Refuse a day that is still to come."""
    if day > today():
        raise RuleBroken(_("The day lies in the future."), field)
