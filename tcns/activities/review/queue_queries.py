"""The queue of those who review: what waits, what speaks against it, what was just decided."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import contains_eager, selectinload

from tcns.accounts.models import User
from tcns.activities.doubts import doubt_columns, sessions_like
from tcns.activities.models import Activity, Attendance, IndicatorValue
from tcns.activities.review.rules import LAST, TAKEN_BACK_WITHIN, Usual, usual_of
from tcns.activities.review.vocabulary import Flag
from tcns.activities.vocabulary import Doubt, Status
from tcns.areas.models import AreaHouseholds
from tcns.areas.places import usual_map
from tcns.areas.queries import labels
from tcns.clock import now, today
from tcns.database import db
from tcns.periods import NamedPeriod, Period, PeriodKind, period_holding
from tcns.permissions.scope import Scope
from tcns.teams.models import Membership, Team
from tcns.undo.models import Reversible, ReversibleStep
from tcns.undo.vocabulary import ReversibleKind

DECISIONS = (ReversibleKind.SESSION_REVIEWED, ReversibleKind.SESSIONS_APPROVED)
FLAG_OF = {
    Doubt.REPEATED: Flag.REPEATED,
    Doubt.HOUSEHOLDS: Flag.HOUSEHOLDS,
    Doubt.PARTICIPANTS: Flag.ABOVE_USUAL,
}
NOTHING_USUAL: tuple[Usual | None, Usual | None] = (None, None)


class Decision(NamedTuple):
    """A decision of one's own that can be taken back: as a whole, with all it was made of."""

    reversible_id: int
    kind: ReversibleKind
    at: datetime
    session_count: int = 1


class OlderMonth(NamedTuple):
    """Of a month before the one that is shown: how many sessions wait, and the oldest day."""

    month: NamedPeriod
    total: int
    oldest: date


@dataclass
class QueueRow:
    """A session of the queue: what flags it, and what is usual for its team.

    `participants` and `households` are what is usual; `decision` is one's own of a moment ago.
    What only the rows of one page say (`place`, `entered_by`, …) is filled in for these.
    """

    activity: Activity
    flags: list[Flag]
    participants: Usual | None
    households: Usual | None
    decision: Decision | None = None
    place: str = ""
    entered_by: str = ""
    village_households: int | None = None
    like: list[Activity] = field(default_factory=list)


def queue_of(
    scope: Scope, period: Period, decided: Mapping[int, Decision], *, asks_photographs: bool
) -> list[QueueRow]:
    """The sessions of a period that wait, and those just decided in the place they had: flagged
    ones first, then the oldest."""
    waits = or_(Activity.status == Status.SUBMITTED, Activity.asked_back())
    shown = and_(Activity.held_on.between(*period), or_(waits, Activity.id.in_(decided)))
    rows = _rows(scope, shown, decided, asks_photographs=asks_photographs)
    for row in rows:
        row.decision = decided.get(row.activity.id)
    return sorted(rows, key=lambda row: (not row.flags, row.activity.held_on, row.activity.id))


def flags_of(
    scope: Scope, ids: Collection[int], *, asks_photographs: bool
) -> dict[int, list[Flag]]:
    """What flags each of some sessions, by its id; those without a flag are left out."""
    rows = _rows(scope, Activity.id.in_(ids), (), asks_photographs=asks_photographs)
    return {row.activity.id: row.flags for row in rows if row.flags}


def _rows(
    scope: Scope, shown: ColumnElement[bool], decided: Collection[int], *, asks_photographs: bool
) -> list[QueueRow]:
    """Sessions with what flags them; those just decided say nothing of what is usual."""
    bare = ~Activity.photographs.any() if asks_photographs else false()
    query = (
        select(Activity, bare, *doubt_columns())
        .join(Activity.team)
        .options(contains_eager(Activity.team))
        .where(scope.clause(Activity), shown)
    )
    found = db.session.execute(query).all()
    usual = _usual_of_teams({row[0].team_id for row in found}, without=decided)
    return [
        _row(activity, bool(is_bare), doubted, usual.get(activity.team_id, NOTHING_USUAL))
        for activity, is_bare, *doubted in found
    ]


def _row(
    activity: Activity,
    is_bare: bool,
    doubted: Sequence[Any],
    usual: tuple[Usual | None, Usual | None],
) -> QueueRow:
    """A session with what speaks against it."""
    flags = {FLAG_OF[doubt] for doubt, holds in zip(Doubt, doubted, strict=True) if holds}
    counts = (activity.participant_count, activity.household_count)
    holds = {
        Flag.ASKED_BACK: activity.is_asked_back,
        Flag.ABOVE_USUAL: any(
            one is not None and count is not None and one.is_exceeded_by(count)
            for one, count in zip(usual, counts, strict=True)
        ),
        Flag.LATE: activity.is_late,
        Flag.NO_PHOTOGRAPH: is_bare,
    }
    flags |= {flag for flag, is_held in holds.items() if is_held}
    return QueueRow(activity, [flag for flag in Flag if flag in flags], *usual)


def _usual_of_teams(
    team_ids: Collection[int], without: Collection[int]
) -> dict[int, tuple[Usual | None, Usual | None]]:
    """What is usual for teams, of the sessions approved last; those just decided left out."""
    place = func.row_number().over(
        partition_by=Activity.team_id, order_by=(Activity.held_on.desc(), Activity.id.desc())
    )
    ranked = (
        select(
            Activity.team_id, Activity.participant_count, Activity.household_count,
            place.label("place"),
        )
        .where(Activity.team_id.in_(team_ids), Activity.status == Status.APPROVED)
        .where(Activity.id.not_in(without))
        .subquery()
    )  # fmt: skip
    query = select(ranked).where(ranked.c.place <= LAST).order_by(ranked.c.team_id, ranked.c.place)
    counts: defaultdict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for team_id, participants, households, _place in db.session.execute(query):
        for of_team, count in zip(counts[team_id], (participants, households), strict=True):
            if count is not None:
                of_team.append(count)
    return {one: (usual_of(both[0]), usual_of(both[1])) for one, both in counts.items()}


def own_decisions(user: User) -> dict[int, Decision]:
    """What a user decided within the last minutes and can take back, by the session's id."""
    query = (
        select(Reversible.id, Reversible.kind, Reversible.at, ReversibleStep.key)
        .join(ReversibleStep.reversible)
        .where(Reversible.by_id == user.id, Reversible.reversed_at.is_(None))
        .where(Reversible.at >= now() - TAKEN_BACK_WITHIN, Reversible.kind.in_(DECISIONS))
        .where(ReversibleStep.table_name == Activity.__tablename__)
        .order_by(Reversible.id)
    )
    found = db.session.execute(query).all()
    sizes = Counter(one for one, _key in {(row[0], row[3][0]) for row in found})
    return {
        key[0]: Decision(reversible_id, ReversibleKind(kind), at, sizes[reversible_id])
        for reversible_id, kind, at, key in found
    }


def older_months(scope: Scope, before: date) -> list[OlderMonth]:
    """The months before a day in which sessions wait, the latest first."""
    query = (
        select(Activity.held_on, func.count())
        .where(Activity.status == Status.SUBMITTED, scope.clause(Activity))
        .where(Activity.held_on < before)
        .group_by(Activity.held_on)
        .order_by(Activity.held_on.desc())
    )
    days: defaultdict[NamedPeriod, list[tuple[date, int]]] = defaultdict(list)
    for day, count in db.session.execute(query):
        days[period_holding(PeriodKind.MONTH, day)].append((day, count))
    return [
        OlderMonth(month, sum(count for _day, count in some), min(day for day, _count in some))
        for month, some in days.items()
    ]


def fill_in(rows: Sequence[QueueRow]) -> None:
    """Give the rows of one page what only they say, with one question to each table."""
    activities = [row.activity for row in rows]
    _load_details(activities)
    named = labels({one.team.area_id for one in activities}, usual_map(today()))
    who = _names({one.entered_by_id for one in activities})
    households = _village_households([row for row in rows if Flag.HOUSEHOLDS in row.flags])
    alike = sessions_like([row.activity.id for row in rows if Flag.REPEATED in row.flags])
    for row in rows:
        area = named.get(row.activity.team.area_id)
        row.place = area.full_name if area else row.activity.team.name
        row.entered_by = who.get(row.activity.entered_by_id, "")
        row.village_households = households.get(row.activity.id)
        row.like = alike.get(row.activity.id, [])


def _load_details(activities: Sequence[Activity]) -> None:
    """Load what the folded part of each row says."""
    query = select(Activity).where(Activity.id.in_([one.id for one in activities]))
    helpers = selectinload(Activity.attendances).joinedload(Attendance.membership)
    counted = selectinload(Activity.indicator_values).joinedload(IndicatorValue.indicator)
    db.session.scalars(
        query.options(
            selectinload(Activity.topics),
            selectinload(Activity.photographs),
            helpers.joinedload(Membership.person),
            counted,
        )
    ).all()


def _names(user_ids: Collection[int]) -> dict[int, str]:
    """The names of users by their ids."""
    query = select(User.id, User.full_name).where(User.id.in_(user_ids))
    return dict(db.session.execute(query).tuples().all())


def _village_households(rows: Sequence[QueueRow]) -> dict[int, int]:
    """How many households the villages of some sessions had that day."""
    if not rows:
        return {}
    query = (
        select(Activity.id, AreaHouseholds.household_count)
        .join(Activity.team)
        .join(AreaHouseholds, AreaHouseholds.area_id == Team.area_id)
        .where(Activity.id.in_([row.activity.id for row in rows]))
        .where(AreaHouseholds.valid_on(Activity.held_on))
    )
    return dict(db.session.execute(query).tuples().all())
