"""The roll-up: any measures, for the areas below one, on any day, period and map.

The figures of each kind of records are kept for as long as these records stay: where a session is
logged, neither areas nor members are counted anew.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from flask_babel.speaklater import LazyString

from tcns.areas import queries as areas
from tcns.areas.models import Area
from tcns.areas.places import named_areas_in
from tcns.areas.vocabulary import Level
from tcns.coverage.catalogue import USUAL, with_needs
from tcns.coverage.measure import Measure
from tcns.coverage.placing_queries import Placing, placed
from tcns.coverage.statement import OF_AREAS, OF_SESSIONS, OF_TEAMS, statement
from tcns.coverage.vocabulary import Source
from tcns.database import db
from tcns.database.folded_rows import day_number
from tcns.database.kept import KeptQuestion, kept_each
from tcns.i18n import lazy_gettext as _l
from tcns.periods import Period
from tcns.permissions.scope import Scope
from tcns.team_sizes import team_sizes

Figures = dict[str, int]
# The id of the area that takes the figures, whether they are those of the whole, and the figures.
Row = tuple[int | None, ...]
Values = tuple[tuple[str, Any], ...]


class Kind(NamedTuple):
    """Records whose figures are kept together: what measures call them, the subjects by whose state
    they are kept, and whether they depend on the period."""

    sources: tuple[Source, ...]
    subjects: tuple[str, ...]
    is_in_time: bool = True

    def measures_among(self, measures: Iterable[Measure]) -> tuple[Measure, ...]:
        """Those of some measures that are counted from these records."""
        return tuple(measure for measure in measures if measure.source in self.sources)


KINDS = (
    Kind(OF_AREAS, ("areas",)),
    Kind(OF_TEAMS, ("areas", "teams"), is_in_time=False),
    Kind(OF_SESSIONS, ("areas", "teams", "activities", "indicators")),
)


@dataclass(frozen=True)
class Question:
    """What is asked: which measures of which areas below which, whose records, on whose map.

    `on` is the day whose teams and memberships count, `period` the days whose activities count,
    `map_on` the day whose areas they are shown under. `under` is None where the province did not
    exist on that map.
    """

    under: Area | None
    by: Level
    on: date
    period: Period
    map_on: date
    measures: tuple[Measure, ...] = USUAL

    @property
    def counted(self) -> tuple[Measure, ...]:
        """The measures that are counted to answer it: those asked for, and what these need."""
        return with_needs(self.measures)

    @property
    def known_by(self) -> date:
        """The day by which numbers of households are known: the last of the period, or that of the
        map where it is later."""
        return max(self.period.last, self.map_on)

    @property
    def placing(self) -> Placing | None:
        """Which areas take the figures of which teams; None where there are no areas."""
        if self.under is None:
            return None
        return Placing(self.under.id, self.by.value, self.map_on)

    @property
    def time(self) -> Values:
        """What the statement is told of the period."""
        days = (("first", self.period.first), ("last", self.period.last))
        return (*days, ("known_by", self.known_by))


@dataclass(frozen=True)
class CoverageRow:
    """The figures of one area; of none for what no area of the level takes."""

    area_id: int | None
    code: str
    name: str
    figures: Figures

    def share(self, part: str, whole: str) -> float | None:
        """One figure as a share of another; None where there is nothing to divide by."""
        return self.figures[part] / self.figures[whole] if self.figures[whole] else None

    def value(self, measure: Measure) -> float | None:
        """The figure of a measure; of a ratio what its parts give, None where they give nothing."""
        return self.share(*measure.ratio) if measure.ratio else self.figures[measure.key]


@dataclass(frozen=True)
class Coverage:
    """The answer: a row per area in Vietnamese order, what no area takes, and the total."""

    question: Question
    total: CoverageRow
    rows: list[CoverageRow] = field(default_factory=list)
    unallocated: CoverageRow | None = None

    @property
    def all_rows(self) -> list[CoverageRow]:
        """The rows as printed: the areas, "chưa phân bổ" where there is one, the total last."""
        return [*self.rows, *([self.unallocated] if self.unallocated else []), self.total]


def _unallocated_name(level: Level) -> LazyString:
    """What the row is called that holds what no area of a level takes."""
    return _l("Commune-level teams") if level is Level.VILLAGE else _l("Not allocated")


def _nothing(question: Question) -> Figures:
    """Zero of everything that is counted."""
    return {measure.key: 0 for measure in question.counted}


def coverage(scope: Scope, question: Question) -> Coverage:
    """Roll the measures asked for up over the areas of a level below one, within the scope.

    Additive measures' rows, with the unallocated one, add up to the total; distinct counts are
    counted anew for each area and for the whole.
    """
    if question.under is None or question.placing is None:
        return Coverage(question, total=_row_of_nothing(question))
    found, distinct = _figures(scope, question, question.placing)
    labels = dict(named_areas_in(scope, question.under.id, question.by, question.map_on))
    total_label = labels.pop(question.under.id)
    takers = {area_id for area_id, taken in found.items() if area_id and any(taken.values())}
    labels |= areas.labels(takers - labels.keys(), question.map_on)
    rows = _area_rows(question, found, labels)
    rest = found.get(None)
    name = str(_unallocated_name(question.by))
    unallocated = CoverageRow(None, "", name, rest) if rest and any(rest.values()) else None
    total = _total_row(question, found, distinct, total_label)
    return Coverage(question, total, rows, unallocated)


def _figures(
    scope: Scope, question: Question, placing: Placing
) -> tuple[dict[int | None, Figures], Figures]:
    """The measures by the id of the area that takes them, None for those that none takes; and
    those that may not be added, over the whole."""
    nothing = _nothing(question)
    found: dict[int | None, Figures] = {}
    whole = dict(nothing)
    distinct = set()
    for measures, rows in _rows_of(scope, question, placing):
        distinct |= {measure.key for measure in measures if not measure.additive}
        for taker_id, is_whole, *figures in rows:
            into = whole if is_whole else found.setdefault(taker_id, dict(nothing))
            for measure, figure in zip(measures, figures, strict=True):
                into[measure.key] += figure or 0
    return found, {key: whole[key] for key in distinct}


def _rows_of(
    scope: Scope, question: Question, placing: Placing
) -> Iterator[tuple[tuple[Measure, ...], tuple[Row, ...]]]:
    """The measures counted from each kind of records, with the rows of their figures."""
    day = (("on", question.on), ("on_number", day_number(question.on)))
    place: Values = (*placing._asdict().items(), *day, *team_sizes()._asdict().items())
    time = question.time
    parts = [(kind, kind.measures_among(question.counted)) for kind in KINDS]
    parts = [(kind, measures) for kind, measures in parts if measures]
    asked = [
        KeptQuestion(
            kind.subjects,
            ("coverage", scope, *(m.key for m in measures), place, time if kind.is_in_time else ()),
        )
        for kind, measures in parts
    ]

    def count(places: Sequence[int]) -> list[tuple[Row, ...]]:
        missing = [parts[one] for one in places]
        values = dict(place + time)
        if any(kind.sources != OF_AREAS for kind, _measures in missing):
            values["placed"] = placed(scope, placing)
        return _count(scope, missing, values)

    return zip((measures for _kind, measures in parts), kept_each(asked, count), strict=True)


def _count(
    scope: Scope, parts: Sequence[tuple[Kind, tuple[Measure, ...]]], values: dict[str, Any]
) -> list[tuple[Row, ...]]:
    """The rows of some kinds of records, all counted in one statement."""
    counted = tuple(measure for _kind, measures in parts for measure in measures)
    rows = db.session.execute(statement(scope, counted), values).all()
    found, start = [], 0
    for kind, measures in parts:
        end = start + len(measures)
        found.append(
            tuple(
                (taker_id, is_whole, *figures[start:end])
                for source, taker_id, is_whole, *figures in rows
                if source in kind.sources
            )
        )
        start = end
    return found


def _area_rows(
    question: Question, found: dict[int | None, Figures], labels: dict[int, areas.Label]
) -> list[CoverageRow]:
    """A row for each labelled area, in Vietnamese order."""
    nothing = _nothing(question)
    rows = [
        CoverageRow(area_id, label.code, label.full_name, found.get(area_id, nothing))
        for area_id, label in labels.items()
    ]
    return sorted(rows, key=lambda row: (labels[row.area_id or 0].sort_key, row.code))


def _total_row(
    question: Question,
    found: dict[int | None, Figures],
    distinct: Figures,
    label: areas.Label,
) -> CoverageRow:
    """The whole: sums of what is additive, distinct counts as counted over everything."""
    assert question.under is not None
    figures = {key: sum(part[key] for part in found.values()) for key in _nothing(question)}
    return CoverageRow(question.under.id, label.code, label.full_name, figures | distinct)


def _row_of_nothing(question: Question) -> CoverageRow:
    """The total of a map on which the province did not exist: zeros under its nearest name."""
    label = areas.province_label(question.map_on)
    return CoverageRow(None, label.code, label.full_name, _nothing(question))
