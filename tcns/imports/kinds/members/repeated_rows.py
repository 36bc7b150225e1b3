"""Persons in a file: who stands in it twice, and who is one person in two teams."""

from collections import defaultdict
from collections.abc import Hashable
from datetime import date

from tcns.i18n import gettext as _
from tcns.imports.rows.results import Finding
from tcns.imports.vocabulary import ProblemKind
from tcns.teams.identity import bare_name, may_be_in_team, name_key
from tcns.teams.leading import RoleHeld, share_a_day
from tcns.teams.members.person_operations import PersonText
from tcns.teams.members.rules import ONE_DAY
from tcns.teams.vocabulary import MemberRole

Key = tuple[Hashable, ...]


class RepeatedRows:
    """The rows seen so far."""

    def __init__(self) -> None:
        self._of_team: defaultdict[Key, list[Finding]] = defaultdict(list)
        self._with_trait: defaultdict[Key, list[Finding]] = defaultdict(list)
        self._with_phone: defaultdict[Key, list[tuple[int | None, Key]]] = defaultdict(list)

    def is_first(self, finding: Finding, team_id: int) -> bool:
        """Whether no row before says of the same person that they are in the team at that time.

        The second row of a pair is noted.
        """
        earlier = self._of_team[team_id, name_key(finding.value("name"))]
        twin = next((each for each in earlier if is_same_person_twice(each, finding)), None)
        earlier.append(finding)
        if twin:
            message = _("The same as row %(number)s.", number=twin.number)
            finding.note("name", ProblemKind.REPEATED, message)
        return twin is None

    def like(self, finding: Finding, team_id: int) -> Finding | None:
        """An earlier row of the team that may mean the same person, named otherwise."""
        described, twins = described_by(finding), []
        traits = ("phone", described.phone), ("year", described.birth_year)
        for trait in (*traits, ("name", bare_name(described.full_name))):
            if trait[1]:
                twins += self._with_trait[team_id, *trait]
                self._with_trait[team_id, *trait].append(finding)
        others = (
            each for each in twins if name_key(each.value("name")) != name_key(described.full_name)
        )
        return next(
            (each for each in others if may_be_in_team(described_by(each), described)), None
        )

    def key(self, finding: Finding, team_id: int) -> Key:
        """What stands for a new person: the same in two teams by name and phone, unless the years
        of birth differ; without a phone somebody of this team alone."""
        name, phone, year = (finding.value(field) for field in ("name", "phone", "birth_year"))
        if not phone:
            return (team_id, name_key(name), year)
        known = self._with_phone[name_key(name), phone]
        for known_year, key in known:
            if None in (known_year, year) or known_year == year:
                return key
        known.append((year, (name_key(name), phone, finding.number)))
        return known[-1][1]


def described_by(finding: Finding) -> PersonText:
    """The person a row describes."""
    return PersonText(*(finding.value(field) for field in ("name", "phone", "birth_year", "sex")))


def is_same_person_twice(one: Finding, other: Finding) -> bool:
    """Whether two rows of one name and team mean one person at one time."""
    for field in ("phone", "birth_year"):
        value = one.value(field), other.value(field)
        if None not in value and value[0] != value[1]:
            return False
    return share_a_day(_part(one), _part(other))


def _part(finding: Finding) -> RoleHeld:
    """The part a row speaks of; from ever, for ever, where it names no day."""
    role, until = finding.value("role") or MemberRole.MEMBER, finding.value("until")
    return RoleHeld(role, finding.value("since") or date.min, until + ONE_DAY if until else None)
