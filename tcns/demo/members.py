"""Who is in the teams of the demonstration, and when."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from tcns.demo.filling import Filling
from tcns.demo.sizes import Founding
from tcns.teams.models import Membership
from tcns.teams.vocabulary import Body, EndReason, MemberRole


@dataclass(eq=False)
class Member:
    """Somebody's part in a team, from a day to the day before another."""

    person_id: int
    role: MemberRole
    body: Body | None
    decision_id: int | None
    starts: date
    ends: date | None = None
    membership_id: int = 0

    def is_there_on(self, day: date) -> bool:
        """Whether they belong to the team on that day."""
        return self.starts <= day and (self.ends is None or day < self.ends)


@dataclass(eq=False)
class Crew:
    """A team with all its members, present and past."""

    founding: Founding
    members: list[Member] = field(default_factory=list)

    def members_on(self, day: date) -> list[Member]:
        """The members on a day."""
        return [member for member in self.members if member.is_there_on(day)]


def leader_of(members: Sequence[Member]) -> Member | None:
    """The leader among the members of one day, where the team has one."""
    return next((member for member in members if member.role is MemberRole.LEADER), None)


def collect_memberships(filling: Filling, crews: Sequence[Crew]) -> None:
    """Collect the rows of all members."""
    for crew in crews:
        for member in crew.members:
            member.membership_id = filling.add(
                Membership,
                person_id=member.person_id,
                team_id=crew.founding.team_id,
                role=member.role,
                body=member.body,
                decision_id=member.decision_id,
                valid_from=member.starts,
                valid_to=member.ends,
                end_reason=EndReason.LEFT if member.ends else None,
            )
