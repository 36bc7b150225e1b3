"""Fills the teams of the demonstration with members, who then come and go."""

from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil
from random import Random

from tcns.demo.members import Crew, Member
from tcns.demo.people import People
from tcns.demo.places import DEMO_VILLAGE
from tcns.demo.sizes import Founding
from tcns.teams.vocabulary import Body, MemberRole

# Whom the seats of a team are for; the first is the leader's, the second the deputy's.
COMMUNE_SEATS = (
    Body.COMMUNE_STAFF, Body.YOUTH_UNION, Body.COMMUNE_STAFF, Body.POLICE, Body.WOMENS_UNION,
    Body.FARMERS_UNION, Body.FATHERLAND_FRONT, Body.TEACHERS, Body.HEALTH, Body.VETERANS,
    Body.COMPANY, Body.COMMUNE_STAFF,
)  # fmt: skip
VILLAGE_SEATS = (
    Body.VILLAGE_HEAD, Body.YOUTH_UNION, Body.PARTY_CELL, Body.POLICE, Body.WOMENS_UNION,
    Body.FARMERS_UNION, Body.RESIDENT,
)  # fmt: skip
LEADER_SEAT, DEPUTY_SEAT = 0, 1
LEADERLESS_SHARE, UNKNOWN_BODY_SHARE, PROMOTION_SHARE = 0.01, 0.05, 0.5
# Leaders of village teams who are in the commune's team as well: persons with two memberships.
SHARED_LEADERS = (1, 1, 2, 2)
# From this day on the published figures hold, so whoever leaves is replaced the same day.
COMPLETE_ON = date(2024, 1, 1)
YEARLY_TURNOVER = 0.07


def fill_teams(
    foundings: Sequence[Founding], people: People, until: date, rng: Random
) -> list[Crew]:
    """Members for all teams (a commune's own follows those of its villages) up to `until`."""
    crews: list[Crew] = []
    leaders: list[int] = []
    for founding in foundings:
        shared = [] if founding.village else rng.sample(leaders, rng.choice(SHARED_LEADERS))
        staffing = Staffing(founding, people, shared, rng)
        leaders = (
            [*leaders, staffing.allocations[LEADER_SEAT].person_id] if founding.village else []
        )
        if founding.code != DEMO_VILLAGE:  # its leader and a member have accounts to try
            staffing.turn_over(until)
        crews.append(staffing.crew)
    return crews


class Staffing:
    """Fills one team: each of its seats is held by one member after another.

    The last seats are for persons `shared` with other teams.
    """

    def __init__(
        self, founding: Founding, people: People, shared: Sequence[int], rng: Random
    ) -> None:
        self._people, self._rng = people, rng
        self._shared = dict(zip(reversed(range(founding.size)), shared, strict=False))
        self._district = founding.commune.district
        self.crew = Crew(founding)
        self.allocations = [
            self._first_member(founding, allocation) for allocation in range(founding.size)
        ]
        self.crew.members += self.allocations

    def _first_member(self, founding: Founding, allocation: int) -> Member:
        """The first to hold a seat: since the founding, or since the team was enlarged."""
        is_first = allocation < founding.first_size
        body = self._body(
            VILLAGE_SEATS[allocation] if founding.village else COMMUNE_SEATS[allocation]
        )
        return Member(
            self._shared.get(allocation) or self._people.invent(self._district, body, self._rng),
            self._role(allocation, founding),
            body,
            founding.decision_id if is_first else founding.enlarged_by,
            founding.founded_on if is_first else founding.enlarged_on,
        )

    def _body(self, usual: Body) -> Body | None:
        """The body the seat is for; sometimes nobody wrote it down."""
        return None if self._rng.random() < UNKNOWN_BODY_SHARE else usual

    def _role(self, allocation: int, founding: Founding) -> MemberRole:
        """What the seat is; a few teams never named a leader."""
        if allocation == LEADER_SEAT:
            is_named = founding.code == DEMO_VILLAGE or self._rng.random() >= LEADERLESS_SHARE
            return MemberRole.LEADER if is_named else MemberRole.MEMBER
        return MemberRole.DEPUTY if allocation == DEPUTY_SEAT else MemberRole.MEMBER

    def turn_over(self, until: date) -> None:
        """Let members leave and others take their seats, day by day up to `until`."""
        yearly = YEARLY_TURNOVER * len(self.allocations)
        day = COMPLETE_ON
        while (day := day + timedelta(days=ceil(self._rng.expovariate(yearly / 365)))) <= until:
            allocation = self._rng.randrange(len(self.allocations))
            if self._may_rise(allocation) and self._rng.random() < PROMOTION_SHARE:
                self._hand_over(LEADER_SEAT, day, self.allocations[DEPUTY_SEAT].person_id)
                allocation = DEPUTY_SEAT
            self._hand_over(allocation, day)

    def _may_rise(self, allocation: int) -> bool:
        """Whether it is the leader's seat, and the deputy could take it."""
        return allocation == LEADER_SEAT and self.allocations[LEADER_SEAT].role is MemberRole.LEADER

    def _hand_over(self, allocation: int, day: date, person_id: int | None = None) -> None:
        """Give the seat from `day` on to somebody new, or to the given person."""
        old = self.allocations[allocation]
        old.ends = day
        new_id = person_id or self._people.invent(self._district, old.body, self._rng)
        self.allocations[allocation] = Member(new_id, old.role, old.body, None, day)
        self.crew.members.append(self.allocations[allocation])
