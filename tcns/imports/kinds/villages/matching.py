"""What is on file of villages, and what the rows of a file of villages would do to it."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from tcns.areas.models import Area, AreaName, AreaPlacement
from tcns.areas.villages.rules import VillageText, day_violations
from tcns.areas.vocabulary import VILLAGE_KINDS, AreaKind, Level
from tcns.i18n import gettext as _
from tcns.imports.kinds.villages.writes import VillageCodes, adding
from tcns.imports.rows.area_matching import PlaceNames, Spot, split_kind
from tcns.imports.rows.fields import Models
from tcns.imports.rows.results import Finding
from tcns.imports.vocabulary import Outcome, ProblemKind
from tcns.permissions.scope import Scope
from tcns.vietnamese import fold, spelling


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
        names = {spelling(spot.name.name), spelling(spot.name.full_name)}
        value = finding.value("village")
        if spot.area.step is not Level.VILLAGE:
            finding.note("code", ProblemKind.UNKNOWN, _("This is not the code of a village."))
        elif not names & {spelling(value), spelling(split_kind(value).name)}:
            message = _(
                "The code is that of %(name)s: rename it on its own page.",
                name=spot.name.full_name,
            )
            finding.note("village", ProblemKind.CONFLICT, message)
        elif self._is_first(finding, spot.parent_id or 0, spot.name.full_name):
            self._understand_known(finding, spot)
            finding.settle(Outcome.SAME, spot.area.id)

    def _compare_named(self, finding: Finding) -> None:
        """A village of a commune by its name."""
        commune = self.places.find_commune(finding)
        if commune is None:
            return
        kind, name = self._kind_and_name(finding)
        found = self.places.village_in(commune, finding.value("village"))
        alike = [spot for spot in found if kind in (None, spot.name.kind)]
        if alike and len(alike) == 1:
            if self._is_first(finding, commune.area.id, alike[0].name.full_name):
                self._understand_known(finding, alike[0])
                finding.settle(Outcome.SAME, alike[0].area.id)
        elif alike:
            message = _("The commune has several villages of that name: give the code.")
            finding.note("village", ProblemKind.UNKNOWN, message)
        elif kind is None:
            message = _("Say what it is: Thôn, Bản or Tổ dân phố.")
            finding.note("kind", ProblemKind.MISSING, message)
        elif self._is_first(finding, commune.area.id, f"{kind} {name}"):
            self._add(finding, commune, kind, name)

    def _kind_and_name(self, finding: Finding) -> tuple[AreaKind | None, str]:
        """The kind a row gives in its own column, else before the name; and the plain name."""
        text, value = finding.value("village"), finding.value("kind")
        split = split_kind(text)
        if value and split.kind not in (None, AreaKind(value)):
            return AreaKind(value), text
        kind = AreaKind(value) if value else split.kind
        return (kind, split.name) if kind in VILLAGE_KINDS else (None, text)

    def _is_first(self, finding: Finding, commune_id: int, full_name: str) -> bool:
        """Whether no row before is about the same village."""
        first = self._seen.setdefault((commune_id, fold(full_name)), finding)
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
