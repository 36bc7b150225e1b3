"""The rules of teams: when one can be established, what its days must hold; and in SQL, which have
a leader and are of the size that the province expects."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, select

from tcns.areas.models import Area
from tcns.areas.places import usual_map
from tcns.areas.villages.objections import objects_to_an_end
from tcns.areas.vocabulary import Level
from tcns.clock import today
from tcns.database import db
from tcns.errors import RuleViolation
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.teams.activity_hooks import session_days
from tcns.teams.models import Membership, Team, Training
from tcns.teams.vocabulary import MemberRole


@dataclass(frozen=True)
class TeamText:
    """The details of a new team: its area, its name, since when, and why it is a second one."""

    area: Area
    name: str
    first_day: date
    second_reason: str | None = None


def new_team_violations(text: TeamText) -> Iterator[RuleViolation]:
    """Why a team cannot be established so: a day to come, no such area, a team there already."""
    yield from in_future(text.first_day, "first_day")
    yield from area_missing(text.area, text.first_day)
    if not text.second_reason and has_team(text.area, text.first_day):
        message = _(
            "%(area)s has a team already. Say why it needs a second one.",
            area=name_of(text.area, text.first_day),
        )
        yield RuleViolation(message, "second_reason")


def first_day_violations(team: Team, first_day: date) -> Iterator[RuleViolation]:
    """Why a team cannot begin on a day: its area, members and sessions must lie within it."""
    yield from in_future(first_day, "first_day")
    yield from area_missing(team.area, first_day)
    if team.valid_to and first_day >= team.valid_to:
        yield RuleViolation(_("The first day must lie before the last day."), "first_day")
    joined = db.session.scalar(_of(team).with_only_columns(func.min(Membership.valid_from)))
    if joined and joined < first_day:
        message = _("A member joined on %(day)s already.", day=format_day(joined))
        yield RuleViolation(message, "first_day")
    held = session_days().of_team(team)
    if held and held.first < first_day:
        message = _("The team held a session on %(day)s already.", day=format_day(held.first))
        yield RuleViolation(message, "first_day")
    if first_day < team.valid_from and not team.second_reason:
        yield from _second_until(team, first_day)


def _second_until(team: Team, first_day: date) -> Iterator[RuleViolation]:
    """Whether another team of the area existed between a day and this team's first."""
    other = Team.area_id == team.area_id, Team.id != team.id, Team.valid_from < team.valid_from
    lasting = Team.valid_to.is_(None) | (Team.valid_to > first_day)
    query = select(Team).where(*other, lasting).order_by(Team.valid_from.desc()).limit(1)
    found = db.session.scalar(query)
    if found and (found.valid_to is None or found.valid_to <= team.valid_from):
        message = _("The area had another team on that day: %(name)s.", name=found.name)
        yield RuleViolation(message, "first_day")


def last_day_violations(team: Team, last_day: date) -> Iterator[RuleViolation]:
    """Why a team cannot end on a day: it must have begun, and nothing of it may come later."""
    yield from in_future(last_day, "last_day")
    if team.valid_to is not None:
        yield RuleViolation(
            _("The team was dissolved after %(day)s already.", day=format_day(team.last_day))
        )
    if last_day < team.valid_from:
        message = _("The team was established on %(day)s only.", day=format_day(team.valid_from))
        yield RuleViolation(message, "last_day")
    joined = db.session.scalar(_of(team).with_only_columns(func.max(Membership.valid_from)))
    if joined and joined > last_day:
        message = _(
            "A member joined on %(day)s, after that day: correct that first.",
            day=format_day(joined),
        )
        yield RuleViolation(message, "last_day")
    held = session_days().of_team(team)
    if held and held.last > last_day:
        message = _(
            "The team held a session on %(day)s, after that day.", day=format_day(held.last)
        )
        yield RuleViolation(message, "last_day")


def withdrawal_violations(team: Team) -> Iterator[RuleViolation]:
    """Why a team cannot be withdrawn: members, sessions or another team refer to it."""
    if db.session.scalar(_of(team).with_only_columns(Membership.id).limit(1)):
        yield RuleViolation(
            _("The team has, or had, members: remove their memberships first, or dissolve it.")
        )
    if session_days().of_team(team):
        yield RuleViolation(_("The team held sessions: dissolve it instead."))
    if db.session.scalar(select(Team.id).where(Team.merged_into_id == team.id).limit(1)):
        yield RuleViolation(_("Another team was merged into it."))


def _of(team: Team) -> Select[tuple[Membership]]:
    return select(Membership).where(Membership.team_id == team.id)


def has_team(area: Area, first_day: date) -> bool:
    """Whether the area has a team on the day or one that begins later."""
    lasting = Team.valid_to.is_(None) | (Team.valid_to > first_day)
    query = select(Team.id).where(Team.area_id == area.id, lasting)
    return db.session.scalar(query.limit(1)) is not None


def in_future(day: date, field: str) -> Iterator[RuleViolation]:
    """A day that is still to come."""
    if day > today():
        yield RuleViolation(_("The day lies in the future."), field)


def area_missing(area: Area, day: date) -> Iterator[RuleViolation]:
    """A day on which an area does not exist; says until or since when it does.

    Where the deployment keeps an older map, what is done later is judged on that map: an area that
    stands on it can be given a team today.
    """
    if area.is_valid_on(usual_map(day)):
        return
    name = name_of(area, day)
    if day < area.valid_from:
        message = _(
            "%(area)s exists only since %(day)s.", area=name, day=format_day(area.valid_from)
        )
    else:
        message = _("%(area)s existed until %(day)s.", area=name, day=format_day(area.last_day))
    yield RuleViolation(message, "first_day")


def name_of(area: Area, day: date) -> str:
    """What an area is called on a day, or was last called."""
    named = [name for name in area.names if name.valid_from <= day] or area.names[:1]
    return named[-1].full_name


@objects_to_an_end
def later_teams_violations(area: Area, day: date) -> Iterator[RuleViolation]:
    """The area's teams that were established on the day or later; older ones may outlast it."""
    query = select(Team).where(Team.area_id == area.id, Team.valid_from >= day)
    for team in db.session.scalars(query.order_by(Team.valid_from, Team.id)):
        since = format_day(team.valid_from)
        message = _("%(team)s was established on %(day)s, after that.", team=team.name, day=since)
        yield RuleViolation(message)


def has_leader(on: Any) -> ColumnElement[bool]:
    """The clause that somebody leads a team on a day."""
    leads = Membership.role == MemberRole.LEADER, Membership.valid_on(on)
    return exists().where(Membership.team_id == Team.id, *leads).correlate(Team)


def is_too_small(level: Any, on: Any, sizes: Mapping[str, Any]) -> ColumnElement[bool]:
    """The clause that a team has fewer members on a day than one of its level should."""
    clause: ColumnElement[bool] = _member_count(on) < _of_level(level, sizes, "least")
    return clause


def is_too_large(level: Any, on: Any, sizes: Mapping[str, Any]) -> ColumnElement[bool]:
    """The clause that a team has more members on a day than one of its level should."""
    clause: ColumnElement[bool] = _member_count(on) > _of_level(level, sizes, "most")
    return clause


def is_outside_size(level: Any, on: Any, sizes: Mapping[str, Any]) -> ColumnElement[bool]:
    """The clause that a team has fewer or more members on a day than one of its level should."""
    least, most = (_of_level(level, sizes, end) for end in ("least", "most"))
    clause: ColumnElement[bool] = ~_member_count(on).between(least, most)
    return clause


def _member_count(on: Any) -> Any:
    """How many members a team has on a day."""
    query = select(func.count()).where(Membership.team_id == Team.id, Membership.valid_on(on))
    return query.correlate(Team).scalar_subquery()


def _of_level(level: Any, sizes: Mapping[str, Any], end: str) -> Any:
    """The size for the level in a column: that of communes, else that of villages."""
    return case((level == Level.COMMUNE, sizes[f"commune_{end}"]), else_=sizes[f"village_{end}"])


def trained_by(on: Any) -> Select[tuple[int]]:
    """The ids of the persons who had finished a course by a day, verified or not."""
    return select(Training.person_id).where(Training.finished_on <= on)
