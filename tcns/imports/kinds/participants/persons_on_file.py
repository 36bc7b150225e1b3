"""Which person on file a row of participants means: as the file of members finds them, but never a
new one."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from tcns.i18n import gettext as _
from tcns.imports.kinds.members.memberships_on_file import Held, Rosters, is_somebody_else
from tcns.imports.rows.area_matching import PlaceNames
from tcns.imports.rows.results import Finding
from tcns.imports.rows.teams_on_file import TeamsOnFile
from tcns.imports.vocabulary import ProblemKind
from tcns.permissions.scope import Scope
from tcns.teams.identity import name_key
from tcns.teams.models import Team


class Meant(NamedTuple):
    """Whom a row means, by one of their memberships; whether somebody must look first."""

    held: Held
    is_likely: bool = False


class PersonsOnFile:
    """Everybody who is, or was, in a team of a scope."""

    def __init__(self, scope: Scope) -> None:
        self.rosters = Rosters(scope)
        self.places = PlaceNames(scope)
        self.teams = TeamsOnFile(scope, self.places)
        self._by_name: defaultdict[str, list[Held]] = defaultdict(list)
        for roster in self.rosters.of_team.values():
            for held in roster:
                self._by_name[held.spelt].append(held)

    def find(self, finding: Finding) -> Meant | None:
        """The person a row means: in the team it names, else anywhere by name and phone or year of
        birth. Whoever is unknown is noted."""
        says_team = any(map(finding.value, ("team", "code", "village")))
        if says_team or finding.is_communes_own:
            team = self.teams.find(finding)
            return self._find_in(finding, team) if team else None
        return self._find_anywhere(finding)

    def _find_in(self, finding: Finding, team: Team) -> Meant | None:
        """The one of that name in a team, or somebody like them there or elsewhere."""
        found = self.rosters.of_name(team.id, finding)
        like = self.rosters.like(team.id, finding)
        return self._settle(finding, found, like)

    def _find_anywhere(self, finding: Finding) -> Meant | None:
        """The one of that name, phone or year of birth; by the name alone somebody must look."""
        found = [held for held in self._of_name(finding) if not _contradicts(finding, held)]
        agreeing = [held for held in found if _agrees(finding, held)]
        if agreeing:
            return self._settle(finding, agreeing, None)
        persons = {held.person_id for held in found}
        return self._settle(
            finding, found if len(persons) > 1 else [], found[-1] if found else None
        )

    def _of_name(self, finding: Finding) -> Sequence[Held]:
        """All who bear the row's name, in the commune that it names if it does."""
        found = self._by_name.get(name_key(finding.value("name")), [])
        if not finding.value("commune"):
            return found
        commune = self.places.find_commune(finding)
        spots = {held: self.places.at(self.teams.by_id[held.team_id].area_id) for held in found}
        return [
            held
            for held, spot in spots.items()
            if commune and spot and commune.area.id in (spot.area.id, spot.parent_id)
        ]

    def _settle(self, finding: Finding, found: Sequence[Held], like: Held | None) -> Meant | None:
        """The one who was found, else the one who may be meant; several and none are noted."""
        if len({held.person_id for held in found}) > 1:
            message = _(
                "There are several persons of that name: give team, phone or year of birth."
            )
            finding.note("name", ProblemKind.CONFLICT, message)
            return None
        if found and not is_somebody_else(found[-1], finding):
            return Meant(found[-1])
        likely = like or (found[-1] if found else None) or self.rosters.elsewhere(finding)
        if likely is None and not finding.is_wrong:
            note_unknown(finding)
        return Meant(likely, is_likely=True) if likely else None


def note_unknown(finding: Finding) -> None:
    """Note that nobody on file is meant: a file of participants adds no person."""
    message = _(
        "%(name)s is not on file where you may write. Add them to a team first.",
        name=finding.value("name"),
    )
    finding.note("name", ProblemKind.UNKNOWN, message)


def _agrees(finding: Finding, held: Held) -> bool:
    """Whether phone or year of birth is the same."""
    pairs = (finding.value("phone"), held.phone), (finding.value("birth_year"), held.birth_year)
    return any(said is not None and said == known for said, known in pairs)


def _contradicts(finding: Finding, held: Held) -> bool:
    """Whether a year of birth is another, or phone and year both are."""
    year = finding.value("birth_year")
    return bool(year and held.birth_year and year != held.birth_year) and not _agrees(finding, held)
