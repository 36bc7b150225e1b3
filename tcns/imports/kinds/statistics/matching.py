"""What is on file of statistics, and what the rows of a file of them would do to it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from sqlalchemy import select

from tcns.areas.models import Area, AreaName, AreaStatistic
from tcns.areas.statistics.rows import StatisticsWritten, statistics_written
from tcns.areas.statistics.rules import statistics_violations
from tcns.areas.statistics.vocabulary import WHOLES, Counted, Statistic
from tcns.clock import today
from tcns.database import db
from tcns.i18n import enter_message, format_day
from tcns.i18n import gettext as _
from tcns.imports.rows.fields import Models
from tcns.imports.rows.places_on_map import Spot
from tcns.imports.rows.results import Finding, RowWrite
from tcns.imports.rows.village_rows import VillageRows
from tcns.imports.rows.village_writes import plan_row
from tcns.imports.rows.write_plan import WritePlan
from tcns.imports.vocabulary import Outcome, ProblemKind
from tcns.permissions.scope import Scope
from tcns.teams.rules import area_missing

WHOLE = "_of"  # behind the name of a share's column: that of how many were asked
Last = dict[Statistic, AreaStatistic]


class StatisticsRegister:
    """The villages of a scope, and everything that was counted of them."""

    reads: ClassVar[Models] = (Area, AreaName, AreaStatistic)

    def __init__(self, scope: Scope) -> None:
        self.villages = VillageRows(scope)
        self.known: defaultdict[int, list[AreaStatistic]] = defaultdict(list)
        for row in db.session.scalars(select(AreaStatistic).order_by(AreaStatistic.valid_from)):
            self.known[row.area_id].append(row)

    def match(self, findings: Sequence[Finding]) -> None:
        """Settle every open row: find its village, compare with the last of each statistic."""
        for finding in findings:
            if spot := self.villages.find(finding):
                self._compare(finding, spot)

    def _compare(self, finding: Finding, spot: Spot) -> None:
        """The same figures as the last, others from a later day, or the first of all."""
        village, day = spot.area, finding.value("since") or today()
        last: Last = {row.what: row for row in self.known[village.id]}
        said = said_of(finding)
        new = {each: one for each, one in said.items() if not is_last(last.get(each), one)}
        check_days(finding, village, [last[each] for each in new if each in last], day)
        if finding.is_wrong:
            return
        finding.understood = {
            **self.villages.in_words(spot),
            **{each.value: list(counted) for each, counted in said.items()},
            "on": day.isoformat(),
        }
        if not new:
            finding.settle(Outcome.SAME, village.id)
            return
        finding.changes = {
            each.value: (last[each].counted.in_words if each in last else None, one.in_words)
            for each, one in new.items()
        }
        finding.settle(Outcome.CHANGED if last else Outcome.NEW, village.id)
        commune = self.villages.places.commune_of(spot).area
        written = statistics_written(village, commune.id, self.known[village.id], new, day)
        finding.write = counting(village, written)


def said_of(finding: Finding) -> dict[Statistic, Counted]:
    """What a row says of each statistic; half a share is noted, and more than all."""
    said = {}
    for each in Statistic:
        names = (each.value, each.value + WHOLE) if each in WHOLES else (each.value,)
        values = [finding.value(name) for name in names]
        if None not in values:
            said[each] = Counted(*values)
        elif values != [None] * len(values):
            note_missing(finding, each, is_whole=values[0] is not None)
    for broken in statistics_violations(said) if said else ():
        finding.note(broken.field or "village", ProblemKind.CONFLICT, broken.message)
    return said


def note_missing(finding: Finding, statistic: Statistic, *, is_whole: bool) -> None:
    """Note that one of the two figures of a share is not filled in."""
    name = statistic.value + WHOLE if is_whole else statistic.value
    label = WHOLES[statistic] if is_whole else statistic.label
    finding.note(name, ProblemKind.MISSING, enter_message(label))


def is_last(row: AreaStatistic | None, counted: Counted) -> bool:
    """Whether a figure is the last on file."""
    return row is not None and row.counted == counted


def check_days(finding: Finding, village: Area, before: Sequence[AreaStatistic], day: date) -> None:
    """Note a day without the village, and one before the figures that would be changed."""
    for broken in area_missing(village, day):
        finding.note("since", ProblemKind.DAY, broken.message)
    latest = max((row.valid_from for row in before), default=day)
    if day < latest:
        message = _("A figure of a later day is on file: of %(day)s.", day=format_day(latest))
        finding.note("since", ProblemKind.DAY, message)


def counting(village: Area, written: StatisticsWritten) -> RowWrite:
    """A village has other figures from a day on."""

    def write(plan: WritePlan) -> None:
        for row in written.rows:
            plan_row(plan, village, AreaStatistic, row)
        plan.add_event(Area, village.id, written.event)

    return write
