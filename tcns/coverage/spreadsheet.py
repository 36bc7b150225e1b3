"""The coverage table as a file."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from tcns.areas.places import Trail
from tcns.areas.vocabulary import Level
from tcns.coverage.comparison_queries import Comparison
from tcns.coverage.measure import Measure
from tcns.coverage.queries import CoverageRow
from tcns.coverage.vocabulary import Source
from tcns.i18n import lazy_gettext as _l
from tcns.spreadsheets.writing import CellKind, Column


def coverage_columns(
    levels: Sequence[Level],
    placed: Mapping[int, Trail],
    measures: Iterable[Measure],
    beside: Callable[[Measure], Iterable[Column]],
) -> list[Column]:
    """The area, those of some levels above it, the measures, those that are shares in per cent too.

    `placed` are the areas of the rows with those above them; `beside` gives what stands beside the
    figures of a measure.
    """
    columns = [
        Column(_l("Code"), 10, CellKind.TEXT, lambda row: row.code),
        Column(_l("Area"), 28, CellKind.TEXT, lambda row: row.name),
        *(Column(level.label, 24, CellKind.TEXT, _named(level, placed)) for level in levels),
    ]
    for measure in measures:
        columns += _columns_of(measure)
        columns += beside(measure)
    return columns


def measure_title(measure: Measure) -> str:
    """What a measure is called in a file, and in what it counts."""
    return f"{measure.label} ({measure.unit})" if measure.unit else str(measure.label)


def compared_columns(comparison: Comparison, measure: Measure) -> Iterator[Column]:
    """What a measure's figures are compared with, and by how much these differ from it."""
    if measure.source is Source.AREAS:
        return
    words = {"measure": measure_title(measure), "what": comparison.comparing.label}
    shown = partial(_beside, measure, comparison)
    yield Column(_l("%(measure)s: %(what)s", **words), 12, CellKind.DECIMAL, shown("value"))
    yield Column(_l("%(measure)s: change", **words), 12, CellKind.DECIMAL, shown("change"))


def _beside(
    measure: Measure, comparison: Comparison, part: str
) -> Callable[[CoverageRow], float | None]:
    """One part of what stands beside a figure; of shares in per cent."""

    def beside(row: CoverageRow) -> float | None:
        found = comparison.beside(row, measure)
        value: float | None = getattr(found, part) if found else None
        return 100 * value if found and value is not None and found.is_share else value

    return beside


def _columns_of(measure: Measure) -> Iterator[Column]:
    """The columns of one measure; of a ratio what its parts give, of how many records it rests on
    what is known."""
    title = measure_title(measure)
    if measure.ratio:
        per_cent = f"{title} (%)" if measure.is_share else title
        times = 100 if measure.is_share else 1
        yield Column(per_cent, 10, CellKind.DECIMAL, _ratio(*measure.ratio, times))
    else:
        yield Column(title, 12, CellKind.NUMBER, _figure(measure.key))
    if measure.share_of:
        share = _ratio(measure.key, measure.share_of, 100)
        yield Column(f"{title} (%)", 10, CellKind.DECIMAL, share)
    if measure.rests_on:
        known, of_all = map(_figure, measure.rests_on)
        yield Column(_l("%(measure)s: known of", measure=title), 10, CellKind.NUMBER, known)
        yield Column(_l("%(measure)s: of all", measure=title), 10, CellKind.NUMBER, of_all)


def _named(level: Level, placed: Mapping[int, Trail]) -> Callable[[CoverageRow], str]:
    """The name of the area of a level in which a row's stands."""

    def named(row: CoverageRow) -> str:
        trail = placed.get(row.area_id or 0, {})
        return str(trail[level].label.full_name) if level in trail else ""

    return named


def _figure(key: str) -> Callable[[CoverageRow], int]:
    return lambda row: row.figures[key]


def _ratio(part: str, whole: str, times: int) -> Callable[[CoverageRow], float | None]:
    """One figure divided by another, so many times."""

    def ratio(row: CoverageRow) -> float | None:
        share = row.share(part, whole)
        return None if share is None else times * share

    return ratio
