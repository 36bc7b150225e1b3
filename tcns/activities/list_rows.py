"""What a list shows of the sessions it found: their rows, and what they add up to."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, func, select

from tcns.activities.models import Activity
from tcns.activities.vocabulary import Topic
from tcns.areas.places import Trail, trails
from tcns.database import db


class ActivityRow(NamedTuple):
    """A session as a list shows it: with its topics and the areas of its team on a map."""

    activity: Activity
    trail: Trail
    topics: list[Topic]


class Totals(NamedTuple):
    """What the sessions of a list add up to."""

    activity_count: int
    participant_count: int
    household_count: int


def totals(listed: Select[tuple[Activity]]) -> Totals:
    """Sessions, participants and households of exactly the sessions that a list shows."""
    rows = listed.order_by(None).subquery()
    sums = select(
        func.count(),
        func.coalesce(func.sum(rows.c.participant_count), 0),
        func.coalesce(func.sum(rows.c.household_count), 0),
    ).select_from(rows)
    return Totals(*db.session.execute(sums).one())


def activity_rows(activities: Sequence[Activity], map_on: date) -> list[ActivityRow]:
    """What a list shows of some of its sessions, with one question to each table."""
    placed = trails((activity.team.area_id for activity in activities), map_on)
    return [
        ActivityRow(activity, placed.get(activity.team.area_id, {}), topics_of(activity))
        for activity in activities
    ]


def topics_of(activity: Activity) -> list[Topic]:
    """The topics of a session, in the order of the vocabulary."""
    return sorted((each.skill for each in activity.topics), key=list(Topic).index)
