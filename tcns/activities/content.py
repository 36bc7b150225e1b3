"""What a session says: as it is told, as it lies in its rows, as it is put on record."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from tcns.activities.models import Activity, ActivityTopic, Attendance, IndicatorValue
from tcns.activities.vocabulary import ActivityForm, ActivityKind, Topic

PARTS = ("women_count", "minority_count", "elderly_count")
COUNTS = ("participant_count", *PARTS, "household_count", "new_household_count")
Counts = tuple[int | None, ...]
PLAIN = ("kind", "form", "held_on", "hours", "venue", *COUNTS, "note")


@dataclass(frozen=True)
class ActivityText:
    """The details of a session; counts are of people, of households, and of each indicator.

    `helpers` are the ids of the memberships of those who helped, `amounts` maps an indicator's id
    to what was counted of it. A count or an amount that nobody counted is None or left out: not
    recorded is not zero. `is_confirmed` says that figures are right which may be doubted.
    """

    kind: ActivityKind
    form: ActivityForm
    held_on: date
    hours: Decimal | None = None
    venue: str | None = None
    participant_count: int | None = None
    women_count: int | None = None
    minority_count: int | None = None
    elderly_count: int | None = None
    household_count: int | None = None
    new_household_count: int | None = None
    note: str | None = None
    topics: Iterable[Topic] = ()
    helpers: Iterable[int] = ()
    amounts: Mapping[int, int] = field(default_factory=dict)
    is_confirmed: bool = False


class DeviceMoments(NamedTuple):
    """What the clock of a phone said when a session was written down, and when it was sent."""

    logged_at: datetime | None = None
    sent_at: datetime | None = None


NO_DEVICE = DeviceMoments()


def counts_of(text: ActivityText) -> Counts:
    """The counts of a session, in their order."""
    return tuple(getattr(text, name) for name in COUNTS)


def digest_of(text: ActivityText) -> str:
    """What is the same for the same content, whenever and from whichever device it is sent."""
    facts = [str(getattr(text, name)) for name in PLAIN]
    if text.participant_count is None:  # as it was written when what was sent before was digested
        facts[PLAIN.index("participant_count")] = "0"
    facts += [" ".join(sorted(text.topics)), " ".join(map(str, sorted(text.helpers)))]
    facts += [f"{key}={amount}" for key, amount in sorted(text.amounts.items())]
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def snapshot(activity: Activity) -> dict[str, Any]:
    """What a session says, by field; its topics, helpers and amounts as text in a fixed order."""
    amounts = {value.indicator_id: value.amount for value in activity.indicator_values}
    return {
        **{name: getattr(activity, name) for name in PLAIN},
        "topics": " ".join(sorted(topic.topic for topic in activity.topics)),
        "helpers": " ".join(map(str, sorted(each.membership_id for each in activity.attendances))),
        "amounts": " ".join(f"{key}={amount}" for key, amount in sorted(amounts.items())),
    }


def snapshot_of_text(text: ActivityText) -> dict[str, Any]:
    """What a session will say, by field, as `snapshot` gives what one says."""
    return {
        **{name: getattr(text, name) for name in PLAIN},
        "topics": " ".join(sorted(set(text.topics))),
        "helpers": " ".join(map(str, sorted(set(text.helpers)))),
        "amounts": " ".join(f"{key}={amount}" for key, amount in sorted(text.amounts.items())),
    }


def apply(activity: Activity, text: ActivityText) -> dict[str, tuple[Any, Any]]:
    """Write the text to a session; returns the old and the new value of each field."""
    before = snapshot(activity)
    for name in PLAIN:
        setattr(activity, name, getattr(text, name))
    _replace_topics(activity, set(text.topics))
    _replace_helpers(activity, set(text.helpers))
    _replace_amounts(activity, text.amounts)
    return {name: (before[name], now) for name, now in snapshot(activity).items()}


def _replace_topics(activity: Activity, topics: set[Topic]) -> None:
    """Make the session's topics the given ones; those that stay keep their rows."""
    kept = [topic for topic in activity.topics if topic.topic in topics]
    added = topics - {topic.skill for topic in kept}
    activity.topics = kept + [ActivityTopic(topic=topic) for topic in sorted(added)]


def _replace_helpers(activity: Activity, helpers: set[int]) -> None:
    """Make those who helped the given ones, by their memberships."""
    kept = [each for each in activity.attendances if each.membership_id in helpers]
    added = helpers - {each.membership_id for each in kept}
    activity.attendances = kept + [Attendance(membership_id=one) for one in sorted(added)]


def _replace_amounts(activity: Activity, amounts: Mapping[int, int]) -> None:
    """Make the amounts the given ones, by indicator."""
    before = {value.indicator_id: value for value in activity.indicator_values}
    values = {key: before.get(key) or IndicatorValue(indicator_id=key) for key in amounts}
    for key, value in values.items():
        value.amount = amounts[key]
    activity.indicator_values = list(values.values())
