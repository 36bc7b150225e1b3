"""The order of locks: the rules of teams look at several rows, which must not change meanwhile.

Whoever needs several locks takes that of the area first, then the team's, then the membership's,
then the person's, so that two never wait for each other; of several teams or persons the lowest
id comes first.
"""

from tcns.database.locking import lock
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.teams.models import Membership, Person, Team


def lock_teams(*teams: Team) -> None:
    """Lock several teams, the lowest id first."""
    for team in sorted(teams, key=lambda each: each.id):
        lock(team)


def lock_ending(team: Team, version: int | None = None) -> None:
    """Lock a team that is to end, and its area: whoever logs a session holds the area, so that
    none is logged meanwhile of a day that comes after the last."""
    lock(team.area)
    lock(team, version)


def lock_membership(membership: Membership, version: int | None = None) -> None:
    """Lock a membership and its team, so that no other membership of the team changes either."""
    lock(membership.team)
    lock(membership, version)


def lock_person(person: Person) -> None:
    """Lock a person before changing them, or adding anything that refers to them.

    Raises RuleViolation where they were merged into another meanwhile: nothing may refer to them
    any more.
    """
    lock(person)
    if person.merged_into_id is not None:
        name = person.full_name
        message = _("%(name)s was on file twice; both were joined into one. Look again.", name=name)
        raise RuleViolation(message)
