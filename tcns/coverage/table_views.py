"""The table of the coverage page: its order, and what stands beside its figures."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, NamedTuple

from flask import url_for

from tcns.clock import today
from tcns.coverage import links
from tcns.coverage.catalogue import USUAL
from tcns.coverage.comparison_queries import Comparison, compare
from tcns.coverage.measure import Measure
from tcns.coverage.queries import Coverage, CoverageRow, Question
from tcns.coverage.spreadsheet import compared_columns, measure_title
from tcns.coverage.vocabulary import Comparing, Source
from tcns.database.ordering import Order
from tcns.permissions.guards import my_scope
from tcns.permissions.vocabulary import Permission
from tcns.plans.models import Target
from tcns.plans.pace import Judgement
from tcns.plans.queries import TargetStanding, standings, targets_in_force
from tcns.plans.spreadsheet import aim_columns
from tcns.spreadsheets.writing import Column

# Sorted by this after the key of a measure, it is what stands beside its figure that counts.
CHANGE = ".change"
# So many figures of a row stand on a phone.
ON_A_PHONE = 2


class Aim(NamedTuple):
    """The target beside a figure: how it stands, and the page of the target."""

    standing: TargetStanding
    judged: Judgement
    url: str

    @property
    def target(self) -> Target:
        """The target itself."""
        return self.standing.target


class Besides(NamedTuple):
    """What stands beside the figures of an answer: another time or the average, or the targets by
    area and measure."""

    comparing: Comparing
    comparison: Comparison | None = None
    then_url: Callable[[CoverageRow, Measure], str] | None = None
    aims: Mapping[tuple[int | None, str], Aim] = {}

    def speaks_of(self, measure: Measure) -> bool:
        """Whether anything stands beside the figures of a measure."""
        if self.comparison is None:
            return any(key == measure.key for _area_id, key in self.aims)
        return measure.source is not Source.AREAS

    def change(self, row: CoverageRow, measure: Measure) -> float | None:
        """By how much a figure differs; of a target how many are missing, as a loss."""
        if self.comparison is None:
            aim = self.aims.get((row.area_id, measure.key))
            return -aim.judged.gap if aim else None
        found = self.comparison.beside(row, measure)
        return found.change if found else None


def besides_of(answer: Coverage, comparing: Comparing | None) -> Besides | None:
    """What stands beside the figures of an answer, where that was asked for.

    Raises RuleViolation where there is nothing to compare with.
    """
    if comparing is None or answer.question.under is None:
        return None
    if comparing is Comparing.TARGET:
        return Besides(comparing, aims=aims_of(answer))
    comparison = compare(my_scope(Permission.COVERAGE_READ), answer, comparing)
    url = links.list_urls(comparison.question, answer.total.code) if comparison.is_in_time else None
    return Besides(comparing, comparison, url)


def aims_of(answer: Coverage) -> dict[tuple[int | None, str], Aim]:
    """The targets of the areas of an answer and of the area above them, by area and measure: of
    several the one that is due next."""
    question = answer.question
    assert question.under is not None
    keys = {measure.key for measure in question.measures}
    scope = my_scope(Permission.COVERAGE_READ)
    found = targets_in_force(scope, {question.by, question.under.step}, min(question.on, today()))
    shown = {row.area_id for row in answer.all_rows}
    aims: dict[tuple[int | None, str], Aim] = {}
    wanted = [one for one in found if one.measure in keys]
    for standing in standings(scope, wanted, question.on, question.by):
        target = standing.target
        url = url_for("plans.show_target", target_id=target.id)
        for area in standing.areas:
            if area.row.area_id in shown:
                aims.setdefault((area.row.area_id, target.measure), Aim(standing, area.judged, url))
    return aims


def columns_beside(besides: Besides | None) -> Callable[[Measure], Iterable[Column]]:
    """The columns of a file that stand beside the figures of a measure."""
    if besides is None:
        return lambda _measure: ()
    if besides.comparison:
        return partial(compared_columns, besides.comparison)
    return lambda measure: aim_columns(
        measure_title(measure),
        {
            area_id: (aim.standing, aim.judged)
            for (area_id, key), aim in besides.aims.items()
            if key == measure.key
        },
    )


def in_order(
    rows: Iterable[CoverageRow],
    measures: Iterable[Measure],
    order: Order,
    besides: Besides | None,
) -> list[CoverageRow]:
    """Rows by the figure of a measure, a share where it is one, or by what stands beside it; what
    has none comes last, equal ones in the usual order."""
    by_key = {measure.key: measure for measure in measures}
    measure = by_key.get(order.column.removesuffix(CHANGE)) if order.column else None
    if measure is None:
        return list(rows)
    is_change = order.column.endswith(CHANGE) and order.column not in by_key
    found = [(_figure(row, measure, besides if is_change else None), row) for row in rows]
    known = [pair for pair in found if pair[0] is not None]
    known.sort(key=lambda pair: pair[0] or 0, reverse=order.is_descending)
    return [row for _value, row in known] + [row for value, row in found if value is None]


def _figure(row: CoverageRow, measure: Measure, besides: Besides | None) -> float | None:
    """What a row is sorted by."""
    if besides:
        return besides.change(row, measure)
    if measure.share_of:
        return row.share(measure.key, measure.share_of)
    return row.value(measure)


def without_bar(rows: Iterable[CoverageRow], measures: Iterable[Measure]) -> set[str]:
    """The keys of the measures whose share is whole in every row: a bar would say nothing."""
    shares = {
        measure.key: {row.share(measure.key, measure.share_of) for row in rows}
        for measure in measures
        if measure.share_of
    }
    return {key for key, found in shares.items() if found <= {1.0, None}}


def on_a_phone(measures: list[Measure], question: Question) -> set[str]:
    """The keys of the measures that a narrow screen shows: the first two that were chosen, of the
    usual ones the first two that are shares."""
    first = [m for m in measures if m.share_of] if question.measures == USUAL else measures
    return {measure.key for measure in (first or measures)[:ON_A_PHONE]}


def table_of(
    answer: Coverage, measures: list[Measure], order: Order, besides: Besides | None
) -> dict[str, Any]:
    """What the page says of its table but for the rows of this page."""
    return {
        "besides": besides,
        "ordered": in_order(answer.rows, measures, order, besides),
        "without_bar": without_bar(answer.rows, measures),
        "on_a_phone": on_a_phone(measures, answer.question),
    }
