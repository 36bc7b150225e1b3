"""What is on file of households, and what the rows of a file of households would do to it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from sqlalchemy import select

from tcns.areas.models import Area, AreaHouseholds, AreaName
from tcns.areas.villages.household_rows import CountWritten, count_written
from tcns.areas.villages.rules import is_jump
from tcns.clock import today
from tcns.database import db
from tcns.i18n import format_day, format_number
from tcns.i18n import gettext as _
from tcns.imports.rows.fields import Models
from tcns.imports.rows.places_on_map import Spot
from tcns.imports.rows.results import Finding, RowWrite
from tcns.imports.rows.village_rows import VillageRows
from tcns.imports.rows.village_writes import plan_row
from tcns.imports.rows.write_plan import WritePlan
from tcns.imports.vocabulary import Mark, Outcome, ProblemKind
from tcns.permissions.scope import Scope
from tcns.teams.rules import area_missing


class HouseholdRegister:
    """The villages of a scope, and every count of their households."""

    reads: ClassVar[Models] = (Area, AreaName, AreaHouseholds)

    def __init__(self, scope: Scope) -> None:
        self.villages = VillageRows(scope)
        self.counts: defaultdict[int, list[AreaHouseholds]] = defaultdict(list)
        for count in db.session.scalars(select(AreaHouseholds).order_by(AreaHouseholds.valid_from)):
            self.counts[count.area_id].append(count)

    def match(self, findings: Sequence[Finding]) -> None:
        """Settle every open row: find its village, compare with its last count."""
        for finding in findings:
            if spot := self.villages.find(finding):
                self._compare(finding, spot)

    def _compare(self, finding: Finding, spot: Spot) -> None:
        """The same count as the last, another from a later day, or the first of all."""
        count, day = finding.value("count"), finding.value("since") or today()
        last = next(reversed(self.counts[spot.area.id]), None)
        self._check_day(finding, spot, last, day)
        if finding.is_wrong:
            return
        finding.understood = {
            **self.villages.in_words(spot),
            "household_count": count,
            "on": day.isoformat(),
        }
        if last and last.household_count == count:
            finding.settle(Outcome.SAME, spot.area.id)
            return
        if last and is_jump(last.household_count, count):
            known = format_number(last.household_count)
            message = _("Until now %(count)s households are on record.", count=known)
            finding.mark("count", Mark.GUESSED, message)
        if last:
            finding.changes = {"count": (str(last.household_count), str(count))}
        finding.settle(Outcome.CHANGED if last else Outcome.NEW, spot.area.id)
        village, commune = spot.area, self.villages.places.commune_of(spot).area
        counts = self.counts[village.id]
        written = count_written(village, commune.id, counts, count, day)
        finding.write = counting(village, written)

    def _check_day(
        self, finding: Finding, spot: Spot, last: AreaHouseholds | None, day: date
    ) -> None:
        """Note a day before the last count, and one without the village."""
        for broken in area_missing(spot.area, day):
            finding.note("since", ProblemKind.DAY, broken.message)
        if last and day < last.valid_from:
            first = format_day(last.valid_from)
            message = _("A count of a later day is on file: of %(day)s.", day=first)
            finding.note("since", ProblemKind.DAY, message)


def counting(village: Area, written: CountWritten) -> RowWrite:
    """A village has another number of households from a day on."""

    def write(plan: WritePlan) -> None:
        plan_row(plan, village, AreaHouseholds, written.row)
        plan.add_event(Area, village.id, written.event)

    return write
