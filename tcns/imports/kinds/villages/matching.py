"""What is on file of villages, and what the rows of a file of villages would do to it."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from tcns.areas.known_names import Fit, Match
from tcns.areas.models import Area, AreaName, AreaPlacement
from tcns.areas.naming import is_unmarked, new_village, sure_key
from tcns.areas.villages.rules import VillageText, day_violations
from tcns.areas.vocabulary import AreaKind, Level, full_name_of
from tcns.i18n import gettext as _
from tcns.imports.kinds.villages.writes import VillageCodes, adding
from tcns.imports.rows.area_matching import PlaceNames
from tcns.imports.rows.area_notes import mark_fit
from tcns.imports.rows.fields import Models
from tcns.imports.rows.places_on_map import Spot
from tcns.imports.rows.results import Finding
from tcns.imports.vocabulary import Outcome, ProblemKind
from tcns.permissions.scope import Scope
from tcns.vietnamese import spelling


class VillageRegister:
    """The villages of a scope."""

    reads: ClassVar[Models] = (Area, AreaName, AreaPlacement)

    def __init__(self, scope: Scope) -> None:
        self.places = PlaceNames(scope)
        self.codes = VillageCodes()
        self._seen: dict[tuple[int, str], Finding] = {}

    def match(self, findings: Sequence[Finding]) -> None:
        """Settle every open row: a village on file, by code or name, or a new one."""
        for finding in findings:
            if finding.is_open and finding.value("level") not in (None, Level.VILLAGE):
                finding.note("level", ProblemKind.NO_ROW, _("This is no village."))
                finding.settle(Outcome.REFUSED)
            elif finding.is_open and finding.value("code"):
                self._compare_coded(finding)
            elif finding.is_open:
                self._compare_named(finding)

    def _compare_coded(self, finding: Finding) -> None:
        """A village of a code, which must bear the name as well."""
        spot = self.places.find(finding)
        if spot is None:
            return
        if spot.area.step is not Level.VILLAGE:
            finding.note("code", ProblemKind.UNKNOWN, _("This is not the code of a village."))
        elif self._is_first(finding, spot.parent_id or 0, spot.name.full_name):
            self._understand_known(finding, spot)
            finding.settle(Outcome.SAME, spot.area.id)

    def _compare_named(self, finding: Finding) -> None:
        """A village of a commune by its name: one on file in whatever way it is written, else new.

        Who writes without any marks may mean one that has some; names that differ by marks are
        different villages.
        """
        commune = self.places.find_commune(finding)
        if commune is None:
            return
        text = finding.value("village")
        kind, name = self._kind_and_name(finding)
        has_own_column = kind and finding.value("kind")
        match = self.places.match_village(commune, f"{kind} {name}" if has_own_column else text)
        is_on_file = not match.fit.is_guess or (
            match.fit is Fit.WITHOUT_MARKS and is_unmarked(name)
        )
        if match.found and is_on_file:
            self._compare_known(finding, commune, match)
        elif kind is None:
            message = _("Say what it is: Thôn, Bản or Tổ dân phố.")
            finding.note("kind", ProblemKind.MISSING, message)
        elif self._is_first(finding, commune.area.id, f"{kind} {name}"):
            self._add(finding, commune, kind, name)

    def _compare_known(self, finding: Finding, commune: Spot, match: Match[int]) -> None:
        """A village on file, or several of which none is meant for sure."""
        spot = self.places.only(finding, "village", finding.value("village"), match)
        if spot and self._is_first(finding, commune.area.id, spot.name.full_name):
            self._understand_known(finding, spot)
            finding.settle(Outcome.SAME, spot.area.id)

    def _kind_and_name(self, finding: Finding) -> tuple[AreaKind | None, str]:
        """The kind a row gives in its own column, else before the name; and the plain name."""
        text, value = finding.value("village"), finding.value("kind")
        kind, name = new_village(text)
        if value and kind is not AreaKind(value):
            return AreaKind(value), text
        return kind, name

    def _is_first(self, finding: Finding, commune_id: int, full_name: str) -> bool:
        """Whether no row before is about the same village."""
        first = self._seen.setdefault((commune_id, sure_key(full_name)), finding)
        if first is not finding:
            message = _("The same as row %(number)s.", number=first.number)
            finding.note("village", ProblemKind.REPEATED, message)
        return first is finding

    def _add(self, finding: Finding, commune: Spot, kind: AreaKind, name: str) -> None:
        """A new village of a commune."""
        first_day: date = finding.value("since") or commune.area.valid_from
        for broken in day_violations(commune.area, first_day):
            finding.note("since", ProblemKind.DAY, broken.message)
        if not finding.is_wrong:
            written = finding.value("village")
            if spelling(written) not in (spelling(name), spelling(full_name_of(kind, name))):
                mark_fit(finding, "village", written, full_name_of(kind, name), Fit.OTHERWISE)
            finding.write = adding(commune, VillageText(name, kind, first_day), self.codes)
            self._understand(finding, name, kind, commune, first_day)
            finding.settle(Outcome.NEW)

    def _understand_known(self, finding: Finding, spot: Spot) -> None:
        """Say what is on file of a village."""
        kind, first_day = AreaKind(spot.name.kind), spot.area.valid_from
        self._understand(finding, spot.name.name, kind, self.places.commune_of(spot), first_day)

    def _understand(
        self, finding: Finding, name: str, kind: AreaKind, commune: Spot, first_day: date
    ) -> None:
        """Say what will be stored of a village."""
        finding.understood = {
            "name": name,
            "kind": kind.value,
            "commune": commune.name.full_name,
            "valid_from": first_day.isoformat(),
        }
