"""Coverage and results as everybody may see them, kept until the data change."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tcns.areas.places import trails
from tcns.areas.vocabulary import Level
from tcns.coverage.measure import Measure
from tcns.coverage.queries import Coverage, coverage
from tcns.coverage.questions import Wish, ask
from tcns.database.kept import kept
from tcns.open_figures.rules import counts_people, hidden_rows, is_total_hidden, open_measures
from tcns.periods import NamedPeriod
from tcns.permissions.scope import Scope


@dataclass(frozen=True)
class OpenRow:
    """The figures of an area in the order of the answer's keys; None for one that is hidden."""

    code: str
    name: str
    district: str
    figures: tuple[int | None, ...]


@dataclass(frozen=True)
class OpenCoverage:
    """A row for each area, their total last: teams and members on the last day of the period,
    approved sessions of the period."""

    by: Level
    period: NamedPeriod
    on: date
    map_on: date
    keys: tuple[str, ...]
    rows: tuple[OpenRow, ...]
    total: OpenRow

    def figure(self, key: str) -> int | None:
        """The total of a measure; None where it is hidden."""
        return self.total.figures[self.keys.index(key)]


@kept("areas", "teams", "activities", "indicators")
def open_coverage(scope: Scope, by: Level, period: NamedPeriod) -> OpenCoverage:
    """The open figures of the province by district or commune, small ones of people hidden."""
    wish = Wish(by=by, period=period)
    question = replace(ask(scope, wish), measures=open_measures())
    answer = coverage(scope, question)
    districts = _districts(answer)
    names = [*districts, *([""] if answer.unallocated else []), ""]
    columns = [_column(answer, measure, names) for measure in question.measures]
    rows = [
        OpenRow(row.code, row.name, district, figures)
        for row, district, figures in zip(
            answer.all_rows, names, zip(*columns, strict=True), strict=True
        )
    ]
    keys = tuple(measure.key for measure in question.measures)
    days = (question.on, question.map_on)
    return OpenCoverage(question.by, period, *days, keys, tuple(rows[:-1]), rows[-1])


def _districts(answer: Coverage) -> list[str]:
    """The district that each area of the answer lies in; nothing where it lies in none."""
    ids = [row.area_id for row in answer.rows if row.area_id]
    placed = trails(ids, answer.question.map_on) if answer.question.by is not Level.DISTRICT else {}
    found = (placed.get(row.area_id or 0, {}).get(Level.DISTRICT) for row in answer.rows)
    return [step.label.full_name if step else "" for step in found]


def _column(answer: Coverage, measure: Measure, groups: Sequence[str]) -> tuple[int | None, ...]:
    """The figures of a measure, row by row, the total last; None for those that are hidden."""
    figures = [row.figures[measure.key] for row in answer.all_rows]
    if not counts_people(measure):
        return tuple(figures)
    hidden = hidden_rows(_apart(answer, groups), figures[:-1])
    if is_total_hidden(figures[-1], hidden):
        hidden |= {len(figures) - 1}
    return tuple(None if place in hidden else figure for place, figure in enumerate(figures))


def _apart(answer: Coverage, groups: Sequence[str]) -> list[str]:
    """The groups of the rows but the total; what no area takes is one of its own among communes of
    districts, whose sums are published."""
    rest = ["unallocated"] if answer.unallocated and any(groups) else []
    return [*groups[: len(groups) - 1 - len(rest)], *rest]
