"""What a list shows of the sessions it found: their rows, and what they add up to."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, func, select

from tcns.activities.doubts import doubts_of
from tcns.activities.models import Activity, IndicatorValue
from tcns.activities.vocabulary import Doubt, Topic
from tcns.areas.places import Trail, trails
from tcns.database import db
from tcns.indicators.models import Indicator
from tcns.indicators.names import IndicatorName


class ActivityRow(NamedTuple):
    """A session as a list shows it: with its topics, the areas of its team on a map, and what
    speaks against its figures."""

    activity: Activity
    trail: Trail
    topics: list[Topic]
    doubts: Sequence[Doubt] = ()


class Totals(NamedTuple):
    """What the sessions of a list add up to; of how many nobody recorded the households. `amount`
    is what they counted of the indicator that the list is about."""

    activity_count: int
    participant_count: int
    household_count: int
    without_households: int
    new_household_count: int
    amount: int = 0


def totals(listed: Select[tuple[Activity]], indicator: IndicatorName | None = None) -> Totals:
    """Sessions, participants and households of exactly the sessions that a list shows."""
    rows = listed.order_by(None).subquery()
    sums = select(
        func.count(),
        func.coalesce(func.sum(rows.c.participant_count), 0),
        func.coalesce(func.sum(rows.c.household_count), 0),
        func.count() - func.count(rows.c.household_count),
        func.coalesce(func.sum(rows.c.new_household_count), 0),
    ).select_from(rows)
    if indicator:
        of_these = recorded_of(indicator).with_only_columns(
            func.coalesce(func.sum(IndicatorValue.amount), 0)
        )
        of_these = of_these.where(IndicatorValue.activity_id.in_(select(rows.c.id)))
        sums = sums.add_columns(of_these.scalar_subquery())
    return Totals(*db.session.execute(sums).one())


def recorded_of(indicator: IndicatorName) -> Select[tuple[int]]:
    """The ids of the sessions that recorded an indicator."""
    own = Indicator.id == IndicatorValue.indicator_id
    query = select(IndicatorValue.activity_id).join(Indicator, own)
    return query.where(Indicator.code == indicator.code)


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
