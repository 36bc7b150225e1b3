"""What a list shows of the sessions it found: their rows, and what they add up to."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, func, select

from tcns.activities.doubts import doubts_of
from tcns.activities.models import Activity
from tcns.activities.vocabulary import Doubt, Topic
from tcns.areas.places import Trail, trails
from tcns.database import db


class ActivityRow(NamedTuple):
    """A session as a list shows it: with its topics, the areas of its team on a map, and what
    speaks against its figures."""

    activity: Activity
    trail: Trail
    topics: list[Topic]
    doubts: Sequence[Doubt] = ()


class Totals(NamedTuple):
    """What the sessions of a list add up to; of how many nobody recorded the households."""

    activity_count: int
    participant_count: int
    household_count: int
    without_households: int


def totals(listed: Select[tuple[Activity]]) -> Totals:
    """Sessions, participants and households of exactly the sessions that a list shows."""
    rows = listed.order_by(None).subquery()
    sums = select(
        func.count(),
        func.coalesce(func.sum(rows.c.participant_count), 0),
        func.coalesce(func.sum(rows.c.household_count), 0),
        func.count() - func.count(rows.c.household_count),
    ).select_from(rows)
    return Totals(*db.session.execute(sums).one())


def activity_rows(activities: Sequence[Activity], map_on: date) -> list[ActivityRow]:
    """What a list shows of some of its sessions, with one question to each table."""
    placed = trails((activity.team.area_id for activity in activities), map_on)
    doubted = doubts_of(activities)
    return [
        ActivityRow(
            activity,
            placed.get(activity.team.area_id, {}),
            topics_of(activity),
            doubted.get(activity.id, ()),
        )
        for activity in activities
    ]


def topics_of(activity: Activity) -> list[Topic]:
    """The topics of a session, in the order of the vocabulary."""
    return sorted((each.skill for each in activity.topics), key=list(Topic).index)
