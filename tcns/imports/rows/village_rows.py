"""Rows that are each about one village of the map, which stands in the file once."""

from tcns.areas.vocabulary import Level
from tcns.i18n import gettext as _
from tcns.imports.rows.area_matching import PlaceNames
from tcns.imports.rows.places_on_map import Spot
from tcns.imports.rows.results import Finding
from tcns.imports.vocabulary import ProblemKind
from tcns.permissions.scope import Scope


class VillageRows:
    """The villages of a scope, and the first row of a file about each."""

    def __init__(self, scope: Scope) -> None:
        self.places = PlaceNames(scope)
        self._seen: dict[int, Finding] = {}

    def find(self, finding: Finding) -> Spot | None:
        """The village an open row is about; what is none is noted, and what stood there before."""
        spot = self.places.find(finding) if finding.is_open else None
        if spot and spot.area.step is not Level.VILLAGE:
            finding.note("code", ProblemKind.UNKNOWN, _("This is not the code of a village."))
            return None
        return spot if spot and self._is_first(finding, spot) else None

    def _is_first(self, finding: Finding, spot: Spot) -> bool:
        """Whether no row before is about the same village."""
        first = self._seen.setdefault(spot.area.id, finding)
        if first is not finding:
            message = _("The same as row %(number)s.", number=first.number)
            finding.note("village", ProblemKind.REPEATED, message)
        return first is finding

    def in_words(self, spot: Spot) -> dict[str, str]:
        """The village and its commune as pages show what was understood."""
        commune = self.places.commune_of(spot).name.full_name
        return {"village": spot.name.full_name, "commune": commune}
