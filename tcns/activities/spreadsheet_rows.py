"""What the file of sessions reads: no more than its columns, for a list may be a nation's."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, select

from tcns.activities.models import Activity, ActivityTopic
from tcns.activities.queries import ActivityFilter, activities_in
from tcns.activities.vocabulary import Topic
from tcns.areas.places import Trail, trails
from tcns.database import db
from tcns.permissions.scope import Scope
from tcns.teams.models import Team

IN_ORDER = {topic.value: place for place, topic in enumerate(Topic)}


class SessionLine(NamedTuple):
    """A session as the file shows it: a row of its columns, its topics, its team's areas."""

    session: Any
    topics: list[str]
    trail: Trail


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
        Team.name.label("team"),
        Team.area_id,
    )


def with_topics(rows: Sequence[Any], map_on: date) -> list[SessionLine]:
    """Some of these rows with their topics and the areas of their teams."""
    placed = trails((row.area_id for row in rows), map_on)
    topics: defaultdict[int, list[str]] = defaultdict(list)
    for activity_id, topic in db.session.execute(_topics_of([row.id for row in rows])):
        topics[activity_id].append(topic)
    return [
        SessionLine(
            row, sorted(topics[row.id], key=IN_ORDER.__getitem__), placed.get(row.area_id, {})
        )
        for row in rows
    ]


def _topics_of(activity_ids: Sequence[int]) -> Select[tuple[int, str]]:
    query = select(ActivityTopic.activity_id, ActivityTopic.topic)
    return query.where(ActivityTopic.activity_id.in_(activity_ids))
