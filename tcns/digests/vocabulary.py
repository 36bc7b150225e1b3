"""What the week of a commune says, as values that a notice keeps."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, NamedTuple

from tcns.periods import NamedPeriod, period_named


class Silent(NamedTuple):
    """A silent team: its id, its name, and the day since when."""

    team_id: int
    name: str
    since: str

    @property
    def day(self) -> date:
        """Since when, as a day."""
        return date.fromisoformat(self.since)


@dataclass(frozen=True)
class Digest:
    """How a commune stood on a day.

    Sessions that wait for review and the day of the oldest; how many teams are silent, and the
    worst of them; the months that are over and not closed; the month whose report is not sent and
    by how many days it is late; the reports of teams that wait for an answer. Days stand in ISO
    form.
    """

    name: str
    day: str
    waiting: int = 0
    oldest: str = ""
    silent_days: int = 0
    silent_count: int = 0
    silent: tuple[Silent, ...] = ()
    open_months: tuple[str, ...] = ()
    owed_month: str = ""
    days_late: int = 0
    to_answer: int = 0

    @classmethod
    def of_facts(cls, facts: Mapping[str, Any]) -> "Digest":
        """What a notice has kept."""
        silent = tuple(Silent(*each) for each in facts["silent"])
        return cls(**{**facts, "silent": silent, "open_months": tuple(facts["open_months"])})

    def facts(self) -> dict[str, Any]:
        """What a notice keeps."""
        return asdict(self)

    @property
    def on(self) -> date:
        """The day it tells of."""
        return date.fromisoformat(self.day)

    @property
    def oldest_day(self) -> date | None:
        """When the oldest session that waits was held."""
        return date.fromisoformat(self.oldest) if self.oldest else None

    @property
    def months(self) -> list[NamedPeriod]:
        """The months that are over and not closed."""
        return [month for name in self.open_months if (month := period_named(name))]

    @property
    def owed(self) -> NamedPeriod | None:
        """The month whose report is not sent."""
        return period_named(self.owed_month)
