"""What taking part in a course writes: pure, for pages and files alike."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from tcns.audit.operations import Change, PlannedEvent, Written
from tcns.audit.vocabulary import Event


class KnownCourse(Protocol):
    """What is on file of a course."""

    @property
    def id(self) -> int:
        """The id of its row."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def platform(self) -> str:
        """Where it was held."""


class KnownCompletion(Protocol):
    """What is on file of somebody's part in a course."""

    @property
    def finished_on(self) -> date | None:
        """When they completed it; None while they have not."""

    @property
    def certificate_number(self) -> str | None:
        """The number of their certificate, if any."""


@dataclass(frozen=True)
class Completion:
    """That somebody completed a course: when, by which certificate if any."""

    finished_on: date | None = None
    certificate_number: str | None = None


def enrolment_written(course: KnownCourse, person_id: int, area_id: int | None) -> Written:
    """What is written of a person who takes part in a course; on record in the area."""
    values = {
        "person_id": person_id,
        "course_id": course.id,
        "course": course.name,
        "platform": course.platform,
        "finished_on": None,
        "certificate_number": None,
        "verified_by_id": None,
        "verified_at": None,
    }
    changes = {"person": (None, person_id), "course": (None, course.name)}
    return Written(values, PlannedEvent(Event.TRAINING_ENROLLED, area_id, changes))


def completion_written(
    known: KnownCompletion,
    course: KnownCourse,
    said: Completion,
    verified: tuple[Any, Any],
    area_id: int | None,
) -> Written:
    """What is written of a part that is completed: `verified` by whom, and when.

    One that was completed already is put right, and stays verified where it was.
    """
    changes: dict[str, Change] = {
        "finished_on": (known.finished_on, said.finished_on),
        "certificate_number": (known.certificate_number, said.certificate_number),
    }
    if known.finished_on is not None:
        return Written(dict(vars(said)), PlannedEvent(Event.TRAINING_CORRECTED, area_id, changes))
    values = {**vars(said), "verified_by_id": verified[0], "verified_at": verified[1]}
    changes["course"] = None, course.name
    return Written(values, PlannedEvent(Event.TRAINING_COMPLETED, area_id, changes))
