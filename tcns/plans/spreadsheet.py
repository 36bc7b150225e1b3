"""How areas stand against a target, and the targets of a plan, as files."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from typing import Any

from tcns.coverage.queries import CoverageRow
from tcns.i18n import lazy_gettext as _l
from tcns.plans.pace import Judgement
from tcns.plans.queries import AreaStanding, TargetStanding
from tcns.plans.vocabulary import Standing
from tcns.spreadsheets.writing import CellKind, Column


def _shown(value: Fraction | None, *, is_share: bool) -> float | None:
    """A value as files show it: a share in per cent."""
    return None if value is None else float(value * (100 if is_share else 1))


def _judged(found: Callable[[AreaStanding], Fraction | None], *, is_share: bool) -> Any:
    return lambda area: _shown(found(area), is_share=is_share)


def standing_columns(standing: TargetStanding) -> list[Column]:
    """The area, its figure, what it should be by now, what it is to reach, how it stands."""
    target = standing.target
    is_share = target.is_share
    kind = CellKind.DECIMAL
    return [
        Column(_l("Code"), 10, CellKind.TEXT, lambda area: area.row.code),
        Column(_l("Area"), 28, CellKind.TEXT, lambda area: area.row.name),
        Column(_l("Now"), 12, kind, _judged(lambda area: area.judged.value, is_share=is_share)),
        Column(
            _l("Should be by now"),
            12,
            kind,
            _judged(lambda area: area.judged.pace, is_share=is_share),
        ),
        Column(_l("To reach"), 12, kind, lambda _area: float(target.amount)),
        Column(_l("Status"), 16, CellKind.TEXT, lambda area: area.judged.standing.label),
        Column(
            _l("Too many") if standing.is_most else _l("Missing"),
            10,
            CellKind.NUMBER,
            lambda area: area.judged.gap,
        ),
    ]


def plan_columns(measure_name: Callable[[TargetStanding], str]) -> list[Column]:
    """A target of a plan: its measure, its areas, how much by when, how many areas stand how."""
    return [
        Column(_l("Measure"), 36, CellKind.TEXT, measure_name),
        Column(_l("Of each"), 14, CellKind.TEXT, lambda one: one.target.step.label),
        Column(_l("To reach"), 12, CellKind.DECIMAL, lambda one: float(one.target.amount)),
        Column(_l("At most"), 10, CellKind.TEXT, lambda one: "≤" if one.is_most else ""),
        Column(
            _l("In per cent"), 10, CellKind.TEXT, lambda one: "%" if one.target.is_share else ""
        ),
        Column(_l("Due on"), 13, CellKind.DAY, lambda one: one.target.due_on),
        *(Column(standing.label, 12, CellKind.NUMBER, _count(standing)) for standing in Standing),
        Column(_l("Missing or too many"), 10, CellKind.NUMBER, lambda one: one.gap),
    ]


def _count(standing: Standing) -> Callable[[TargetStanding], int]:
    return lambda one: one.counts.get(standing, 0)


# By the id of an area the target of a figure, and how this stands.
Aims = Mapping[int | None, tuple[TargetStanding, Judgement]]


def aim_columns(title: str, aims: Aims) -> Iterator[Column]:
    """Beside the figures of a measure the targets of the areas that have one: how much, how it
    stands, how many are missing or too many. Counts and shares have columns of their own."""
    if not aims:
        return
    standings = [standing for standing, _judged in aims.values()]
    for is_share in sorted({standing.target.is_share for standing in standings}):
        of_share = _l("%(measure)s: target (%%)", measure=title)
        label = of_share if is_share else _l("%(measure)s: target", measure=title)
        yield Column(label, 12, CellKind.DECIMAL, partial(_amount, aims, is_share))
    status = _l("%(measure)s: status", measure=title)
    yield Column(status, 16, CellKind.TEXT, partial(_word, aims))
    is_most = any(standing.is_most for standing in standings)
    too_many = _l("%(measure)s: too many", measure=title)
    label = too_many if is_most else _l("%(measure)s: missing", measure=title)
    yield Column(label, 12, CellKind.NUMBER, partial(_gap, aims))


def _amount(aims: Aims, is_share: bool, row: CoverageRow) -> float | None:
    standing = aims[row.area_id][0] if row.area_id in aims else None
    is_told = standing and standing.target.is_share is is_share
    return float(standing.target.amount) if standing and is_told else None


def _word(aims: Aims, row: CoverageRow) -> str:
    return str(aims[row.area_id][1].standing.label) if row.area_id in aims else ""


def _gap(aims: Aims, row: CoverageRow) -> int | None:
    return aims[row.area_id][1].gap if row.area_id in aims else None
