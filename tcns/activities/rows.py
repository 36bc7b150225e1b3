"""What a session that is logged writes: pure, whoever logs it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from tcns.activities.content import (
    NO_DEVICE,
    PLAIN,
    ActivityText,
    DeviceMoments,
    digest_of,
    snapshot_of_text,
)
from tcns.activities.models import ActivityTopic, Attendance, IndicatorValue
from tcns.activities.vocabulary import Status
from tcns.audit.operations import PlannedEvent
from tcns.audit.vocabulary import Event
from tcns.teams.models import Team

# A row that belongs to a session: of which table, its values.
Part = tuple[type[Any], dict[str, Any]]


class Logging(NamedTuple):
    """How a session is logged: under which key, by whom, when, and whether it is submitted at
    once; `by_id` may stand for whoever will write it."""

    client_key: str
    by_id: Any
    at: datetime
    is_final: bool
    device: DeviceMoments = NO_DEVICE


class ActivityWritten(NamedTuple):
    """The columns of a session, the rows that belong to it, and the events that tell of it."""

    values: dict[str, Any]
    parts: Sequence[Part]
    events: Sequence[PlannedEvent]


def activity_row(team: Team, text: ActivityText, logging: Logging) -> ActivityWritten:
    """What a session of a team writes: as a draft, or submitted at once when it is final."""
    status = Status.SUBMITTED if logging.is_final else Status.DRAFT
    values = {
        "client_key": logging.client_key,
        "client_digest": digest_of(text),
        "team_id": team.id,
        "status": status,
        "entered_by_id": logging.by_id,
        "entered_at": logging.at,
        "submitted_at": logging.at if logging.is_final else None,
        "device_logged_at": logging.device.logged_at,
        "device_sent_at": logging.device.sent_at,
        **{name: getattr(text, name) for name in PLAIN},
    }
    nothing = dict.fromkeys(PLAIN)
    changes = {name: (nothing.get(name, ""), now) for name, now in snapshot_of_text(text).items()}
    events = [PlannedEvent(Event.ACTIVITY_LOGGED, team.area_id, changes)]
    if logging.is_final:
        moved = {"status": (Status.DRAFT.value, status.value)}
        events.append(PlannedEvent(Event.ACTIVITY_SUBMITTED, team.area_id, moved))
    return ActivityWritten(values, _parts_of(text), events)


def _parts_of(text: ActivityText) -> list[Part]:
    """The rows of a session's topics, helpers and amounts by table, without the session's id."""
    return [
        *((ActivityTopic, {"topic": topic}) for topic in sorted(set(text.topics))),
        *((Attendance, {"membership_id": one}) for one in sorted(set(text.helpers))),
        *(
            (IndicatorValue, {"indicator_id": key, "amount": amount})
            for key, amount in sorted(text.amounts.items())
        ),
    ]
