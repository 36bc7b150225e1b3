"""Figures of coverage beside those of another time, or beside the average of the province."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from tcns.areas import queries as areas
from tcns.coverage.measure import Measure
from tcns.coverage.queries import Coverage, CoverageRow, Question, coverage
from tcns.coverage.questions import compared_question
from tcns.coverage.vocabulary import IN_TIME, Comparing, Source
from tcns.permissions.scope import EVERYTHING, Scope


class Beside(NamedTuple):
    """What stands beside a figure, and by how much the figure differs from it.

    Of a share of the province both are shares; where nothing can be divided there is no change.
    """

    value: float | None
    change: float | None
    is_share: bool = False


@dataclass(frozen=True)
class Comparison:
    """What the figures of an answer are compared with.

    `question` is what was asked for it. In time each row is compared with that of the same area,
    by its id, the total with the total. The average of the province is its total, over as many
    areas as it has of the level shown; `whole_id` is the area of the answer's total, of which only
    shares and ratios have an average.
    """

    comparing: Comparing
    question: Question
    total: CoverageRow
    rows: Mapping[int | None, CoverageRow] = field(default_factory=dict)
    area_count: int = 0
    whole_id: int | None = None

    @property
    def is_in_time(self) -> bool:
        """Whether it is with another time: what stands beside a figure is counted by a list."""
        return self.comparing in IN_TIME

    def row_beside(self, row: CoverageRow) -> CoverageRow:
        """The row of the other time that a row is compared with; one without figures is not
        listed, and is one of zeros."""
        nothing = replace(row, figures=dict.fromkeys(row.figures, 0))
        return self.rows.get(row.area_id, nothing)

    def beside(self, row: CoverageRow, measure: Measure) -> Beside | None:
        """What stands beside a figure of a row; None beside what is the same on the same map, and
        where a row is no area of the level."""
        if measure.source is Source.AREAS:
            return None
        if self.is_in_time:
            other = self.row_beside(row).value(measure)
            return _difference(row.value(measure), other, is_share=measure.is_share)
        if measure.ratio or measure.share_of:
            return self._beside_share(row, measure)
        if row.area_id in (None, self.whole_id) or not self.area_count:
            return None
        average = self.total.figures[measure.key] / self.area_count
        return _difference(row.figures[measure.key], average)

    def _beside_share(self, row: CoverageRow, measure: Measure) -> Beside | None:
        """A share or a ratio beside that of the province."""
        if row.area_id is None:
            return None
        if measure.ratio:
            values = [one.value(measure) for one in (row, self.total)]
            return _difference(*values, is_share=measure.is_share)
        assert measure.share_of, "what is no ratio is a share"
        shares = [one.share(measure.key, measure.share_of) for one in (row, self.total)]
        return _difference(*shares, is_share=True)


def _difference(value: float | None, other: float | None, *, is_share: bool = False) -> Beside:
    change = None if value is None or other is None else value - other
    return Beside(other, change, is_share)


def compare(scope: Scope, answer: Coverage, comparing: Comparing) -> Comparison:
    """What the figures of an answer are compared with.

    Those of another time are exactly those that are answered when one asks for them, within the
    same scope. The average is that of the whole province for everybody: it leads to no list, and
    tells of nobody.
    """
    if comparing in IN_TIME:
        return _in_time(scope, compared_question(answer.question, comparing), comparing)
    question = replace(answer.question, under=areas.province(answer.question.map_on))
    found = coverage(EVERYTHING, question)
    return Comparison(
        comparing, question, found.total, area_count=len(found.rows), whole_id=answer.total.area_id
    )


def _in_time(scope: Scope, question: Question, comparing: Comparing) -> Comparison:
    """The figures of another time beside which those of an answer stand."""
    found = coverage(scope, question)
    rows: dict[int | None, CoverageRow] = {row.area_id: row for row in found.rows}
    if found.unallocated:
        rows[None] = found.unallocated
    return Comparison(comparing, question, found.total, rows | {found.total.area_id: found.total})
