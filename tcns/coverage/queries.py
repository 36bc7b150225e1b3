"""The roll-up: any measures, for the areas below one, on any day, period and map."""

from dataclasses import dataclass, field
from datetime import date

from flask_babel.speaklater import LazyString

from tcns.areas import queries as areas
from tcns.areas.models import Area
from tcns.areas.places import named_areas_in
from tcns.areas.vocabulary import Level
from tcns.coverage.catalogue import USUAL, with_needs
from tcns.coverage.measure import Measure
from tcns.coverage.statement import statement
from tcns.database import db
from tcns.i18n import lazy_gettext as _l
from tcns.periods import Period
from tcns.permissions.scope import Scope
from tcns.team_sizes import team_sizes

Figures = dict[str, int]


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
    if question.under is None:
        return Coverage(question, total=_row_of_nothing(question))
    found, distinct = _figures(scope, question)
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


def _figures(scope: Scope, question: Question) -> tuple[dict[int | None, Figures], Figures]:
    """The measures by the id of the area that takes them, None for those that none takes; and
    those that may not be added, over the whole."""
    assert question.under is not None
    counted, nothing = question.counted, _nothing(question)
    values = {
        **team_sizes()._asdict(),
        "under": question.under.id,
        "by": question.by.value,
        "on": question.on,
        "map_on": question.map_on,
        "first": question.period.first,
        "last": question.period.last,
        "known_by": question.known_by,
    }
    found: dict[int | None, Figures] = {}
    whole = dict(nothing)
    for taker_id, is_whole, *figures in db.session.execute(statement(scope, counted), values):
        into = whole if is_whole else found.setdefault(taker_id, dict(nothing))
        for measure, figure in zip(counted, figures, strict=True):
            into[measure.key] += figure
    return found, {measure.key: whole[measure.key] for measure in counted if not measure.additive}


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
