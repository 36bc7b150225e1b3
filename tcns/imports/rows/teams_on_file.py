"""The teams of a scope, by their area and by their name."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from tcns.database import db
from tcns.i18n import gettext as _
from tcns.imports.rows.area_matching import PlaceNames
from tcns.imports.rows.places_on_map import Spot
from tcns.imports.rows.results import Finding
from tcns.imports.vocabulary import ProblemKind
from tcns.permissions.scope import Scope
from tcns.teams.models import Team
from tcns.vietnamese import fold, spelling


def lasts(team: Team, day: date) -> bool:
    """Whether a team exists on a day or later."""
    return team.valid_to is None or team.valid_to > day


def named_like(teams: Sequence[Team], name: str) -> list[Team]:
    """Those of some teams that bear a name: as it is spelt, else without marks."""
    same = [team for team in teams if spelling(team.name) == spelling(name)]
    return same or [team for team in teams if team.search_key == fold(name)]


class TeamsOnFile:
    """Every team of a scope, read at once."""

    def __init__(self, scope: Scope, places: PlaceNames) -> None:
        self.places = places
        self.by_id: dict[int, Team] = {}
        self.of_area: defaultdict[int, list[Team]] = defaultdict(list)
        self._by_name: defaultdict[str, list[Team]] = defaultdict(list)
        for team in db.session.scalars(select(Team).where(scope.clause(Team)).order_by(Team.id)):
            self.by_id[team.id] = team
            self.of_area[team.area_id].append(team)
            self._by_name[team.search_key].append(team)

    def is_known(self, name: str) -> bool:
        """Whether a team of the scope bears a name."""
        return fold(name) in self._by_name

    def find(self, finding: Finding) -> Team | None:
        """The team a row is about: the only one of its area, or the one it names.

        A row that names a team but no village is never taken for the commune's own.
        """
        name = finding.value("team")
        if name and not finding.value("code") and not finding.value("village"):
            return self._find_named(finding, name)
        spot = self.places.find(finding, whole=True)
        return self._find_in(finding, spot, name) if spot else None

    def _find_named(self, finding: Finding, name: str) -> Team | None:
        """The team of a name, in the commune that the row names if it does."""
        found = named_like(self._by_name.get(fold(name), ()), name)
        if finding.value("commune"):
            commune = self.places.find_commune(finding)
            found = [team for team in found if commune and self._lies_in(team, commune)]
        return self._only(finding, name, found)

    def _lies_in(self, team: Team, commune: Spot) -> bool:
        """Whether a team belongs to a commune or one of its villages."""
        spot = self.places.at(team.area_id)
        return spot is not None and commune.area.id in (spot.area.id, spot.parent_id)

    def _find_in(self, finding: Finding, spot: Spot, name: str | None) -> Team | None:
        """The team of an area: of the name, else the only one there is."""
        teams = self.of_area[spot.area.id]
        day = finding.value("since") or date.min
        lasting = [team for team in teams if lasts(team, day)]
        named = named_like(lasting, name) or named_like(teams, name) if name else []
        present = [team for team in lasting if team.valid_to is None] or lasting
        found = named or present
        return self._only(finding, name or spot.name.full_name, found)

    def _only(self, finding: Finding, text: str, found: Sequence[Team]) -> Team | None:
        """The one team that was found; none or several are noted."""
        if len(found) == 1:
            return found[0]
        message = (
            _("%(name)s: there are several teams. Give the area's code and the team's name.")
            if found
            else _("%(name)s: there is no such team where you may write. Register it first.")
        )
        finding.note("team", ProblemKind.UNKNOWN, message % {"name": text})
        return None
