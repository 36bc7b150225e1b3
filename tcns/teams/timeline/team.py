"""The life of a team as a timeline: what happened on which day, who recorded it and when.

What happened is read from the records as they are now; the trail only says who recorded it. So
what was corrected is shown corrected, and what was undone is not shown at all.
"""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from tcns.audit.models import AuditEvent
from tcns.audit.vocabulary import Event
from tcns.clock import ZONE
from tcns.i18n import lower_first
from tcns.periods import NamedPeriod, PeriodKind, period_holding
from tcns.teams.models import EstablishingDecision
from tcns.teams.timeline.members import Line, lines_of_members
from tcns.teams.timeline.records import Life
from tcns.teams.vocabulary import Happening, Purpose

# What decisions do that is told by them; the team's first and last day tell the rest.
TOLD = {Purpose.AMEND: Happening.AMENDED, Purpose.REFORM: Happening.REFORMED}
CARRIED_OUT = {Event.TEAM_AMENDED, Event.TEAM_REFORMED}


class Quarter(NamedTuple):
    """How many sessions the team held in a quarter of the reporting calendar."""

    period: NamedPeriod
    session_count: int

    @property
    def words(self) -> str:
        """The quarter in the flow of a sentence."""
        return lower_first(self.period.label)


class Entry(NamedTuple):
    """What happened on a day, recorded by the same person on the same day."""

    day: date
    what: Happening
    subjects: list[Any]
    event: AuditEvent | None


def timeline(life: Life) -> list[Entry]:
    """What happened up to the day, the latest first."""
    lines = [*_of_team(life), *_of_decisions(life), *lines_of_members(life), *_of_sessions(life)]
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
    """Amendments and re-formations, each on the day it holds from as the trail has kept it."""
    for about, decision in life.decisions:
        if about.kind in TOLD:
            event = life.who_gave(life.team, "decision", decision.number)
            yield Line(_holds_from(life, decision, event), TOLD[about.kind], event, decision)


def _holds_from(life: Life, decision: EstablishingDecision, event: AuditEvent | None) -> date:
    """The day from which a decision holds; its own where nothing tells another."""
    days = [
        membership.valid_from
        for membership in life.memberships
        if membership.decision_id == decision.id
    ]
    told = [
        date.fromisoformat(value.new)
        for value in (event.values if event and event.kind in CARRIED_OUT else ())
        if value.field == "valid_from" and value.new
    ]
    return next(iter([*told, *days]), decision.issued_on)


def _of_sessions(life: Life) -> Iterator[Line]:
    """How many sessions each quarter had, on the day of its last one."""
    for period, days in groupby(sorted(life.sessions), key=_quarter_of):
        held = list(days)
        count = sum(life.sessions[day] for day in held)
        yield Line(held[-1], Happening.SESSIONS, None, Quarter(period, count))


def _quarter_of(day: date) -> NamedPeriod:
    return period_holding(PeriodKind.QUARTER, day)
