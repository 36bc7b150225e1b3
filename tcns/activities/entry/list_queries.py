"""What decides over many sessions that are logged together: read at once, however many."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from tcns.activities.content import COUNTS, ActivityText, Counts, counts_of
from tcns.activities.doubts import ENOUGH, YEAR
from tcns.activities.entry.rules import Known
from tcns.activities.models import Activity
from tcns.activities.vocabulary import HANDED_IN, Status
from tcns.areas.models import AreaHouseholds
from tcns.closings.queries import ClosedMonths
from tcns.database import db
from tcns.database.id_lists import in_ids
from tcns.teams.models import Team


class OnFile(NamedTuple):
    """A session on file: what it is told from others by."""

    id: int
    team_id: int
    held_on: date
    kind: str
    status: str
    counts: Counts

    @property
    def is_counted(self) -> bool:
        """Whether figures count it."""
        return self.status in HANDED_IN

    @classmethod
    def as_if(cls, team: Team, text: ActivityText) -> "OnFile":
        """A session of a list, as those below it find it."""
        return cls(0, team.id, text.held_on, text.kind, Status.SUBMITTED, counts_of(text))

    def is_like(self, text: ActivityText) -> bool:
        """Whether it is like another of the same team and day: of its kind, or with its
        participants and households."""
        households = self.counts[COUNTS.index("household_count")]
        reached = self.counts[0], households
        return self.kind == text.kind or reached == (text.participant_count, text.household_count)


class SessionsOnFile:
    """The sessions of some teams up to a day, and what else decides over theirs of some days."""

    def __init__(self, teams: Collection[Team], days: Collection[date]) -> None:
        self._of_day: defaultdict[tuple[int, date], list[OnFile]] = defaultdict(list)
        self._of_team: defaultdict[int, list[OnFile]] = defaultdict(list)
        self._households: defaultdict[int, list[AreaHouseholds]] = defaultdict(list)
        area_ids = {team.area_id for team in teams}
        self.months = ClosedMonths(area_ids)
        for session in self._read({team.id for team in teams}, days):
            self._of_day[session.team_id, session.held_on].append(session)
            self._of_team[session.team_id].append(session)
        query = select(AreaHouseholds).where(in_ids(AreaHouseholds.area_id, area_ids))
        for row in db.session.scalars(query):
            self._households[row.area_id].append(row)

    def _read(self, team_ids: Collection[int], days: Collection[date]) -> list[OnFile]:
        """The sessions of the days, and of the year before them."""
        if not days:
            return []
        first = date.fromordinal(max(1, (min(days) - YEAR).toordinal()))
        columns = (Activity.id, Activity.team_id, Activity.held_on, Activity.kind, Activity.status)
        counts = [getattr(Activity, name) for name in COUNTS]
        query = select(*columns, *counts).where(
            in_ids(Activity.team_id, team_ids), Activity.held_on.between(first, max(days))
        )
        rows = db.session.execute(query.order_by(Activity.id))
        return [OnFile._make((*row[: len(columns)], tuple(row[len(columns) :]))) for row in rows]

    def of_day(self, team_id: int, day: date) -> Sequence[OnFile]:
        """The sessions of a team on a day, whatever became of them, the first logged first."""
        return self._of_day[team_id, day]

    def known(self, team: Team, text: ActivityText) -> Known:
        """What decides over a session beside what it says itself."""
        day = text.held_on
        rows = self._households[team.area_id]
        households = next((row.household_count for row in rows if row.is_valid_on(day)), None)
        is_closed = self.months.is_closed(team.area_id, day)
        return Known(households, self._usual(team, day), is_closed)

    def _usual(self, team: Team, day: date) -> int | None:
        """The average of a team's sessions in the year before a day; None of too few."""
        before = [
            count
            for session in self._of_team[team.id]
            if session.is_counted and day - YEAR <= session.held_on < day
            if (count := session.counts[0]) is not None
        ]
        return round(sum(before) / len(before)) if len(before) >= ENOUGH else None
