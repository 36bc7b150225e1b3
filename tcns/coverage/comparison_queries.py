"""Figures of coverage beside those of another time, or beside the average of the province."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from tcns.areas import queries as areas
from tcns.clock import today
from tcns.coverage.comparison_vocabulary import Comparing
from tcns.coverage.queries import Coverage, CoverageRow, Question, coverage
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.periods import YEARS, compared_day, compared_period
from tcns.permissions.scope import EVERYTHING, Scope


@dataclass(frozen=True)
class Comparison:
    """What the figures of an answer are compared with.

    `question` is what was asked for it. In time each row is compared with that of the same area,
    by its id, the total with the total; otherwise every row with the same `average`.
    """

    comparing: Comparing
    question: Question
    rows: Mapping[int | None, CoverageRow] = field(default_factory=dict)
    total: CoverageRow | None = None
    average: Mapping[str, float | None] | None = None


def compared_question(question: Question, comparing: Comparing) -> Question:
    """The same question of the period before or a year before, on the same map.

    Raises RuleViolation where the calendar has nothing before.
    """
    if question.period.first.year - 2 not in YEARS:
        raise RuleViolation(_("There is no period before to compare with."), "compare")
    years = 1 if comparing is Comparing.YEAR else 0
    period = compared_period(question.period, today(), years=years)
    return replace(question, on=compared_day(question.on, question.period, period), period=period)


def compare_in_time(scope: Scope, question: Question, comparing: Comparing) -> Comparison:
    """The figures of another time: exactly those that are answered when one asks for them."""
    other = compared_question(question, comparing)
    answer = coverage(scope, other)
    rows = {row.area_id: row for row in answer.rows}
    if answer.unallocated:
        rows[None] = answer.unallocated
    return Comparison(comparing, other, rows, answer.total)
