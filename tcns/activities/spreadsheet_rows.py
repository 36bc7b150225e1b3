"""What the file of sessions reads: no more than its columns, for a list may be a nation's."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, select

from tcns.activities.models import Activity, ActivityTopic, Attendance, IndicatorValue
from tcns.activities.queries import ActivityFilter, activities_in
from tcns.activities.vocabulary import Topic
from tcns.areas.places import Trail, trails
from tcns.database import db
from tcns.indicators.models import Indicator
from tcns.permissions.scope import Scope
from tcns.teams.models import Membership, Person, Team

IN_ORDER = {topic.value: place for place, topic in enumerate(Topic)}


class SessionLine(NamedTuple):
    """A session as the file shows it: a row of its columns, its topics, its team's areas, who
    helped, and what it counted by the codes of indicators."""

    session: Any
    topics: list[str]
    trail: Trail
    helpers: list[str]
    amounts: dict[str, int]


def session_lines(scope: Scope, wanted: ActivityFilter) -> Select[Any]:
    """The sessions that a list shows, in its order, as plain columns."""
    return activities_in(scope, wanted).with_only_columns(
        Activity.id,
        Activity.held_on,
        Activity.kind,
        Activity.venue,
        Activity.form,
        Activity.hours,
        Activity.participant_count,
        Activity.women_count,
        Activity.minority_count,
        Activity.elderly_count,
        Activity.household_count,
        Activity.new_household_count,
        Activity.status,
        Activity.note,
        Team.name.label("team"),
        Team.area_id,
    )


def with_details(rows: Sequence[Any], map_on: date) -> list[SessionLine]:
    """Some of these rows with their topics, the areas of their teams, helpers and results."""
    placed = trails((row.area_id for row in rows), map_on)
    topics: defaultdict[int, list[str]] = defaultdict(list)
    ids = [row.id for row in rows]
    for activity_id, topic in db.session.execute(_topics_of(ids)):
        topics[activity_id].append(topic)
    helpers: defaultdict[int, list[str]] = defaultdict(list)
    for activity_id, full_name in db.session.execute(_helpers_at(ids)):
        helpers[activity_id].append(full_name)
    amounts: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for activity_id, code, amount in db.session.execute(_results_of(ids)):
        amounts[activity_id][code] = amount
    return [
        SessionLine(
            row,
            sorted(topics[row.id], key=IN_ORDER.__getitem__),
            placed.get(row.area_id, {}),
            helpers[row.id],
            amounts[row.id],
        )
        for row in rows
    ]


def _helpers_at(activity_ids: Sequence[int]) -> Select[tuple[int, str]]:
    """Who helped at some sessions, in Vietnamese order."""
    query = select(Attendance.activity_id, Person.full_name).join(Attendance.membership)
    query = query.join(Membership.person).where(Attendance.activity_id.in_(activity_ids))
    return query.order_by(Person.sort_key, Person.id)


def _results_of(activity_ids: Sequence[int]) -> Select[tuple[int, str, int]]:
    """What some sessions counted of each indicator."""
    own = Indicator.id == IndicatorValue.indicator_id
    query = select(IndicatorValue.activity_id, Indicator.code, IndicatorValue.amount)
    return query.join(Indicator, own).where(IndicatorValue.activity_id.in_(activity_ids))


def _topics_of(activity_ids: Sequence[int]) -> Select[tuple[int, str]]:
    query = select(ActivityTopic.activity_id, ActivityTopic.topic)
    return query.where(ActivityTopic.activity_id.in_(activity_ids))
