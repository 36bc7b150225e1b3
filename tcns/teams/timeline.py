"""The life of a team as a timeline: what happened on which day, who recorded it and when.

What happened is read from the records as they are now; the trail only says who recorded it. So
what was put right stands there right, and what was undone does not stand there at all.
"""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from tcns.audit.models import AuditEvent
from tcns.audit.vocabulary import Event
from tcns.i18n import ZONE
from tcns.periods import Period, quarter_of
from tcns.teams.life import Life
from tcns.teams.models import EstablishingDecision, Membership
from tcns.teams.vocabulary import EndReason, Happening, MemberRole, Purpose


class Line(NamedTuple):
    """One thing that happened, to or with what, and the event that put it on record."""

    day: date
    what: Happening
    event: AuditEvent | None
    subject: Any = None


class RoleChange(NamedTuple):
    """A membership that follows another of the same person."""

    before: Membership
    after: Membership


class Quarter(NamedTuple):
    """How many sessions the team held in a quarter."""

    period: Period
    session_count: int


class Entry(NamedTuple):
    """What happened on a day, recorded by the same person on the same day."""

    day: date
    what: Happening
    subjects: list[Any]
    event: AuditEvent | None


def timeline(life: Life) -> list[Entry]:
    """What happened up to the day, the latest first."""
    lines = [*_of_team(life), *_of_decisions(life), *_of_members(life), *_of_sessions(life)]
    told = sorted((line for line in lines if line.day <= life.on), key=_order)
    return [
        Entry(key[0], key[1], [line.subject for line in same], same[-1].event)
        for key, group in groupby(told, key=_together)
        for same in [list(group)]
    ]


def _order(line: Line) -> tuple[Any, ...]:
    """The latest first; of one day as the vocabulary tells it, each recorder's lines together."""
    rank = list(Happening).index(line.what)
    return (-line.day.toordinal(), rank, *map(str, _recording(line)))


def _together(line: Line) -> tuple[Any, ...]:
    """What is told as one."""
    return (line.day, line.what, *_recording(line))


def _recording(line: Line) -> tuple[int | None, date | None]:
    """Who recorded a line, and on which day."""
    event = line.event
    return (event.actor_id, event.at.astimezone(ZONE).date()) if event else (None, None)


def _of_team(life: Life) -> Iterator[Line]:
    """The team's first day, its last, and those that it took in."""
    team = life.team
    first = life.who_gave(team, "valid_from", team.valid_from)
    yield Line(team.valid_from, Happening.ESTABLISHED, first)
    if team.valid_to and team.last_day:
        last = life.who_gave(team, "valid_to", team.valid_to)
        if team.merged_into_id:
            yield Line(team.valid_to, Happening.MERGED, last)
        else:
            yield Line(team.last_day, Happening.DISSOLVED, last)
    for other in life.taken_in:
        assert other.valid_to is not None, "a team that was merged has ended"
        event = life.who_gave(other, "valid_to", other.valid_to)
        yield Line(other.valid_to, Happening.TOOK_IN, event, other)


def _of_decisions(life: Life) -> Iterator[Line]:
    """The re-formations, each on the day it holds from as the trail has kept it."""
    for about, decision in life.decisions:
        if about.kind is not Purpose.REFORM:
            continue
        event = life.who_gave(life.team, "decision", decision.number)
        yield Line(_holds_from(life, decision, event), Happening.REFORMED, event, decision)


def _holds_from(life: Life, decision: EstablishingDecision, event: AuditEvent | None) -> date:
    """The day from which a re-formation holds; the decision's own where nothing tells it."""
    days = [
        membership.valid_from
        for membership in life.memberships
        if membership.decision_id == decision.id
    ]
    told = [
        date.fromisoformat(value.new)
        for value in (event.values if event and event.kind is Event.TEAM_REFORMED else ())
        if value.field == "valid_from" and value.new
    ]
    return next(iter([*told, *days]), decision.issued_on)


def _of_members(life: Life) -> Iterator[Line]:
    """Who joined, took another role, left; and each change of leader."""
    for membership in life.memberships:
        before = _before(life, membership)
        event = life.who_gave(membership, "valid_from", membership.valid_from)
        change = _leader_before(life, membership)
        if change:
            yield Line(membership.valid_from, Happening.LEADER_CHANGED, event, change)
        if before is None:
            yield Line(membership.valid_from, Happening.JOINED, event, membership)
        elif change is None:
            role = RoleChange(before, membership)
            yield Line(membership.valid_from, Happening.ROLE_CHANGED, event, role)
        yield from _of_end(life, membership)


def _before(life: Life, membership: Membership) -> Membership | None:
    """The part of the same person that ended as this one began."""
    return next(
        (
            each
            for each in life.memberships
            if each.person_id == membership.person_id and each.valid_to == membership.valid_from
        ),
        None,
    )


def _leader_before(life: Life, membership: Membership) -> RoleChange | None:
    """The change by which somebody leads after another; None for the first, and for others."""
    if membership.role != MemberRole.LEADER:
        return None
    led = [
        each
        for each in life.memberships
        if each.role == MemberRole.LEADER
        and each.valid_to
        and each.valid_to <= membership.valid_from
    ]
    last = max(led, key=lambda each: each.valid_to or date.min, default=None)
    if last is None or last.person_id == membership.person_id:
        return None
    return RoleChange(last, membership)


def _of_end(life: Life, membership: Membership) -> Iterator[Line]:
    """That somebody left, on their last day; with a decision or a move, on the day it holds from.

    What ended with the team, or goes on in another role, is told by that.
    """
    ends, last, why = membership.valid_to, membership.last_day, membership.ended_because
    goes_on = any(
        each.person_id == membership.person_id and each.valid_from == ends
        for each in life.memberships
    )
    if ends is None or last is None or goes_on or why in (EndReason.DISSOLVED, EndReason.MERGED):
        return
    event = life.who_gave(membership, "valid_to", ends)
    if why is EndReason.TRANSFERRED:
        yield Line(ends, Happening.MOVED_AWAY, event, membership)
    else:
        day = ends if why is EndReason.REFORMED else last
        yield Line(day, Happening.LEFT, event, membership)


def _of_sessions(life: Life) -> Iterator[Line]:
    """How many sessions each quarter had, on the day of its last one."""
    for period, days in groupby(sorted(life.sessions), key=quarter_of):
        held = list(days)
        count = sum(life.sessions[day] for day in held)
        yield Line(held[-1], Happening.SESSIONS, None, Quarter(period, count))
