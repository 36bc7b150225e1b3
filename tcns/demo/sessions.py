"""The sessions of the demonstration: from June 2022 up to yesterday, few at first, rising with the
teams, uneven on purpose: seasons, communes that fell silent."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from uuid import UUID

from tcns.activities.models import Activity, ActivityTopic, Attendance, IndicatorValue
from tcns.demo.accounts import Accounts
from tcns.demo.chance import chance
from tcns.demo.filling import Filling
from tcns.demo.members import Crew, Member, leader_of
from tcns.demo.places import DEMO_COMMUNE, DEMO_VILLAGE, Village
from tcns.demo.session_content import (
    COMMUNE_REACH,
    OWN_REACH,
    Count,
    Reach,
    draw_amounts,
    draw_content,
    draw_topics,
)
from tcns.demo.session_course import draw_course
from tcns.periods import Period, reporting_month
from tcns.teams.vocabulary import MemberRole

BEGAN_ON = date(2022, 6, 1)
PACES = (0.6, 1.3)  # by commune: the higher, the earlier its teams became active
SILENT_SHARE, SILENT_MONTHS = 0.025, (2, 14)
# Communes of which no team has held a session for some months.
SILENT_COMMUNES = 0.055
FIRST_SHARE, GROWTH = 0.05, 4.5  # of the teams active in the first month, and how it then rises
# The new year of the lunar calendar, and the two harvests, leave people less time.
SEASONS = {2: 0.5, 6: 0.75, 10: 0.8}
SECOND_SHARE, THIRD_SHARE = 0.2, 0.03  # of the active teams that held another session
LEADER_HELPS, MEMBER_HELPS, LEADER_ENTERS = 0.85, 0.4, 0.75


def months_until(last_day: date) -> list[Period]:
    """The reporting months from the first teams on, the last one holding `last_day`."""
    months = [reporting_month(last_day)]
    while months[-1].first > BEGAN_ON:
        months.append(reporting_month(months[-1][0] - timedelta(days=1)))
    return months[::-1]


class Sessions:
    """Collects the sessions of one team after the other, up to `last_day`."""

    def __init__(
        self,
        filling: Filling,
        accounts: Accounts,
        counts: Sequence[Count],
        last_day: date,
    ) -> None:
        self._filling, self._accounts = filling, accounts
        self._counts, self._last_day = counts, last_day
        self._months = months_until(last_day)

    def hold(self, crew: Crew, villages: Sequence[Village]) -> None:
        """All sessions of a team whose area has the given villages."""
        rng = chance(f"sessions/{crew.founding.code}")
        share = OWN_REACH if crew.founding.village else COMMUNE_REACH
        reach = Reach(share * sum(village.household_count for village in villages))
        for day in sorted(self._days(crew, rng)):
            present = crew.members_on(day)
            if present and BEGAN_ON <= day <= self._last_day:
                self._hold_one(crew, present, day, reach, rng)

    def _days(self, crew: Crew, rng: Random) -> Iterator[date]:
        """The days on which the team held sessions, if it was there by then."""
        commune = crew.founding.commune.code
        pace = chance(f"pace/{commune}").uniform(*PACES)
        is_steady = crew.founding.code == DEMO_VILLAGE
        for number, (first, end) in enumerate(self._months[: self._busy(commune, rng)]):
            if is_steady or rng.random() < self._active_share(number) ** (1 / pace):
                draw = rng.random()
                for _ in range(1 + (is_steady or draw < SECOND_SHARE) + (draw < THIRD_SHARE)):
                    yield first + timedelta(days=rng.randint(0, (end - first).days))

    def _busy(self, commune: str, rng: Random) -> int:
        """In how many months a team held sessions, before it fell silent, or its whole commune."""
        whole = chance(f"silence/{commune}")
        is_silent = commune != DEMO_COMMUNE and whole.random() < SILENT_COMMUNES
        last = whole.randint(4, 9) if is_silent else 0
        if commune != DEMO_COMMUNE and rng.random() < SILENT_SHARE:
            last = max(last, rng.randint(*SILENT_MONTHS))
        return len(self._months) - last

    def _active_share(self, number: int) -> float:
        """The share of the teams that are active in a month: all in the last whole one."""
        past = min(1, number / (len(self._months) - 2))
        share = FIRST_SHARE + (1 - FIRST_SHARE) * float(past**GROWTH)
        return share if past == 1 else share * SEASONS.get(self._months[number].last.month, 1)

    def _hold_one(
        self, crew: Crew, present: Sequence[Member], held_on: date, reach: Reach, rng: Random
    ) -> None:
        """One session with its topics, helpers and amounts."""
        content = draw_content(crew.founding, held_on, reach, rng)
        topics = draw_topics(rng)
        official = self._accounts.officials[crew.founding.commune.code]
        entered_by = self._leaders_account(present, rng) or official
        activity_id = self._filling.add(
            Activity,
            client_key=str(UUID(int=rng.getrandbits(128), version=4)),
            team_id=crew.founding.team_id,
            **content,
            **draw_course(held_on, self._last_day, entered_by, official, rng),
        )
        for topic in topics:
            self._filling.link(ActivityTopic, activity_id=activity_id, topic=topic)
        for member in helpers(present, rng):
            self._filling.link(
                Attendance, activity_id=activity_id, membership_id=member.membership_id
            )
        amounts = draw_amounts(self._counts, topics, content, rng)
        for indicator_id, amount in amounts.items():
            self._filling.link(
                IndicatorValue, activity_id=activity_id, indicator_id=indicator_id, amount=amount
            )

    def _leaders_account(self, present: Sequence[Member], rng: Random) -> int | None:
        """The account of the leader of the day, where there is one and the leader enters it."""
        leader = leader_of(present)
        is_willing = rng.random() < LEADER_ENTERS
        return self._accounts.persons.get(leader.person_id) if leader and is_willing else None


def helpers(present: Sequence[Member], rng: Random) -> list[Member]:
    """Who of the members there were helped: mostly the leader, of the others about half."""
    found = [
        member
        for member in present
        if rng.random() < (LEADER_HELPS if member.role is MemberRole.LEADER else MEMBER_HELPS)
    ]
    return found or [present[0]]
