"""The team that held a session: of the teams of an area the one that existed that day."""

from collections.abc import Sequence

from tcns.imports.rows.places_on_map import Spot
from tcns.imports.rows.results import Finding
from tcns.imports.rows.teams_on_file import TeamsOnFile, named_like
from tcns.teams.models import Team


class TeamsThatDay(TeamsOnFile):
    """The teams of a scope, asked for by a day on which they held a session."""

    def _find_in(self, finding: Finding, spot: Spot, name: str | None) -> Team | None:
        """The team of an area: of the name, else the only one there was that day."""
        teams = self.of_area[spot.area.id]
        found = named_like(teams, name) if name else teams
        return self._only(finding, name or spot.name.full_name, found)

    def _only(self, finding: Finding, text: str, found: Sequence[Team]) -> Team | None:
        """The one of some teams that existed on the day of the row, where only one did."""
        day = finding.value("held_on")
        there = [team for team in found if day and team.is_valid_on(day)]
        return super()._only(finding, text, there or found)
