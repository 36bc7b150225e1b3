"""Sessions whose figures may be mistaken: like another one, or larger than can well be.

A doubt is no error: what is doubted can be right. It is asked on the page that shows a session
before it is submitted, with no answer given beforehand, and shown to whoever reviews it. Submitted
without that page, a session like another is saved, and the page says so.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from tcns.activities.content import ActivityText
from tcns.activities.models import Activity
from tcns.activities.vocabulary import HANDED_IN, WITH_THE_TEAM, ActivityKind, Doubt
from tcns.areas.models import AreaHouseholds
from tcns.database import db
from tcns.teams.models import Team

# A session is far beyond what is usual from so many participants, and so many times the average
# of the year before, on, where the team held at least so many then.
MANY, TIMES, ENOUGH = 50, 4, 5
YEAR = timedelta(days=365)
Other = aliased(Activity)
# What is asked of every session that is logged is put together once.
HOUSEHOLDS = select(AreaHouseholds.household_count).where(
    AreaHouseholds.area_id == bindparam("area_id"), AreaHouseholds.valid_on(bindparam("day"))
)
USUAL = select(func.count(Activity.participant_count), func.avg(Activity.participant_count)).where(
    Activity.team_id == bindparam("team_id"),
    Activity.is_handed_in(),
    Activity.held_on >= bindparam("first"),
    Activity.held_on < bindparam("day"),
)
# What a session has in common with one like it.
ALIKE_BY = ("held_on", "kind", "participant_count", "household_count")
ON_FILE_LIKE = (
    select(Activity)
    .where(Activity.team_id == bindparam("team_id"), Activity.held_on == bindparam("held_on"))
    .where(
        Activity.is_handed_in(),
        Activity.client_key.is_distinct_from(bindparam("client_key")),
        Activity.id.is_distinct_from(bindparam("but_id")),
    )
    .where(
        or_(
            Activity.kind == bindparam("kind"),
            and_(
                Activity.participant_count.is_not_distinct_from(bindparam("participant_count")),
                Activity.household_count.is_not_distinct_from(bindparam("household_count")),
            ),
        )
    )
    .order_by(Activity.id)
    .limit(1)
)
# Any of them will do to be named: the first one would be found by looking at all of that day.
LIKE = ON_FILE_LIKE.with_only_columns(Activity.held_on, Activity.kind).order_by(None)


def is_doubted(doubt: Doubt) -> ColumnElement[bool]:
    """The clause that a session is open to a doubt."""
    return _CLAUSES[doubt]()


def is_in_doubt() -> ColumnElement[bool]:
    """The clause that a session is open to some doubt."""
    return or_(*(is_doubted(doubt) for doubt in Doubt))


def doubt_columns() -> list[ColumnElement[bool]]:
    """Of each doubt, in the order of the vocabulary, whether a session is open to it."""
    return [is_doubted(doubt).label(doubt.value) for doubt in Doubt]


def doubts_of(activities: Sequence[Activity]) -> dict[int, list[Doubt]]:
    """The doubts to which each of some sessions is open; those without any are left out."""
    ids = [activity.id for activity in activities]
    if not ids:
        return {}
    rows = db.session.execute(select(Activity.id, *doubt_columns()).where(Activity.id.in_(ids)))
    found = {row[0]: [d for d, holds in zip(Doubt, row[1:], strict=True) if holds] for row in rows}
    return {activity_id: doubts for activity_id, doubts in found.items() if doubts}


def households_that_day(team: Team, text: ActivityText) -> int | None:
    """How many households the village of a team had on the day of a session, if that is known."""
    return db.session.scalar(HOUSEHOLDS, {"area_id": team.area_id, "day": text.held_on})


def usual_participants(team: Team, text: ActivityText) -> int | None:
    """The average of a team's sessions in the year before a day; None of too few."""
    first = date.fromordinal(max(1, text.held_on.toordinal() - YEAR.days))
    year = {"team_id": team.id, "first": first, "day": text.held_on}
    count, average = db.session.execute(USUAL, year).one()
    return round(average) if count >= ENOUGH else None


def is_many(participant_count: int | None) -> bool:
    """Whether so many participants may be far beyond what is usual for some team."""
    return (participant_count or 0) > MANY


def is_far_beyond(participant_count: int | None, usual: int | None) -> bool:
    """Whether so many participants are far beyond what is usual for a team."""
    is_beyond = usual is not None and (participant_count or 0) > TIMES * usual
    return is_beyond and is_many(participant_count)


class Alike(NamedTuple):
    """What is said of a session that is like one."""

    held_on: date
    kind: ActivityKind


def session_like(activity: Activity) -> Alike | None:
    """A handed-in session like one: of the same team and day, of its kind or with its counts."""
    but = {"team_id": activity.team_id, "client_key": activity.client_key, "but_id": activity.id}
    row = db.session.execute(LIKE, but | _told(activity)).first()
    return Alike(row.held_on, ActivityKind(row.kind)) if row else None


def sessions_like(ids: Sequence[int]) -> dict[int, list[Activity]]:
    """The counted sessions like each of some, by its id."""
    if not ids:
        return {}
    query = select(Activity.id, Other).join(Other, _is_alike()).where(Activity.id.in_(ids))
    found: dict[int, list[Activity]] = {}
    for activity_id, other in db.session.execute(query.order_by(Other.id)):
        found.setdefault(activity_id, []).append(other)
    return found


def session_on_file_like(
    team: Team, text: ActivityText, *, client_key: str | None, but_id: int | None
) -> Activity | None:
    """A handed-in session that is like one not stored yet, or like a stored one as it is corrected;
    never itself."""
    but = {"team_id": team.id, "client_key": client_key, "but_id": but_id}
    return db.session.scalar(ON_FILE_LIKE, but | _told(text))


def _told(session: ActivityText | Activity) -> dict[str, Any]:
    """What a session may have in common with another."""
    return {name: getattr(session, name) for name in ALIKE_BY}


def _is_alike() -> ColumnElement[bool]:
    """The clause that another handed-in session is like a session."""
    alike = or_(
        Other.kind == Activity.kind,
        and_(
            Other.participant_count.is_not_distinct_from(Activity.participant_count),
            Other.household_count.is_not_distinct_from(Activity.household_count),
        ),
    )
    same_day = and_(Other.team_id == Activity.team_id, Other.held_on == Activity.held_on)
    # What was handed in is said by what was not: SQLite would look for each status by itself.
    is_handed_in = Other.status.not_in(WITH_THE_TEAM)
    return and_(same_day, Other.id != Activity.id, is_handed_in, alike)


def _is_repeated() -> ColumnElement[bool]:
    """Another handed-in session is like it."""
    clause: ColumnElement[bool] = select(Other.id).where(_is_alike()).correlate(Activity).exists()
    return clause


def _exceeds_households() -> ColumnElement[bool]:
    """More households than the village had that day."""
    starts, ends = AreaHouseholds.valid_from, AreaHouseholds.valid_to
    known: Any = (
        select(AreaHouseholds.household_count)
        .join(Team, Team.area_id == AreaHouseholds.area_id)
        .where(
            Team.id == Activity.team_id,
            starts <= Activity.held_on,
            or_(ends.is_(None), ends > Activity.held_on),
        )
        .correlate(Activity)
        .limit(1)
        .scalar_subquery()
    )
    # Nearly all have fewer than the smallest village has: its own is looked up for the others only.
    fewest = select(func.min(AreaHouseholds.household_count)).scalar_subquery()
    return and_(Activity.household_count > fewest, Activity.household_count > known)


def _exceeds_usual() -> ColumnElement[bool]:
    """Many more participants than the team's sessions of the year before had on average."""
    days = db.session.connection().dialect.name
    year_before = (
        func.date(Activity.held_on, "-365 days") if days == "sqlite" else Activity.held_on - YEAR
    )
    before = and_(Other.held_on >= year_before, Other.held_on < Activity.held_on)
    usual: Any = (
        select(func.avg(Other.participant_count))
        .where(Other.team_id == Activity.team_id, Other.status.in_(HANDED_IN), before)
        .having(func.count(Other.participant_count) >= ENOUGH)
        .correlate(Activity)
        .scalar_subquery()
    )
    return and_(Activity.participant_count > MANY, Activity.participant_count > TIMES * usual)


_CLAUSES = {
    Doubt.REPEATED: _is_repeated,
    Doubt.HOUSEHOLDS: _exceeds_households,
    Doubt.PARTICIPANTS: _exceeds_usual,
}
