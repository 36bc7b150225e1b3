"""flask coverage …"""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import click
from flask.cli import AppGroup

from tcns.areas.vocabulary import Level
from tcns.command_line import DAY, PERIOD, clear_lines
from tcns.coverage.catalogue import all_measures
from tcns.coverage.comparison_queries import Comparison
from tcns.coverage.comparison_queries import compare as compare_in_time
from tcns.coverage.measure import Measure
from tcns.coverage.queries import Coverage, CoverageRow, coverage
from tcns.coverage.questions import Wish, ask
from tcns.coverage.vocabulary import IN_TIME, Comparing
from tcns.periods import NamedPeriod
from tcns.permissions.scope import EVERYTHING

group = AppGroup("coverage", help="Figures by district, commune or village.")

TIMES = [each.value for each in IN_TIME]
BY = [Level.DISTRICT.value, Level.COMMUNE.value, Level.VILLAGE.value]


@group.command("show")
@click.option("--by", type=click.Choice(BY), help="The areas to show a row for each.")
@click.option("--on", type=DAY, help="The day whose teams and members count; default today.")
@click.option("--from", "first", type=DAY, help="First day of the period of sessions.")
@click.option("--to", "last", type=DAY, help="Last day of the period, inclusive.")
@click.option("--period", type=PERIOD, help="A period by its name: 2026-10, 2026-Q4, 2026-H1 …")
@click.option("--map-on", type=DAY, help="The day whose areas are shown.")
@click.option("--under", help="Code of the area to show; default the province.")
@click.option("--measure", "keys", multiple=True, help="Key of a measure to print; repeatable.")
@click.option("--all", "is_all", is_flag=True, help="Print every measure, indicators as well.")
@click.option("--compare", type=click.Choice(TIMES), help="Beside those of another period.")
@click.option("--format", "layout", type=click.Choice(["json", "table"]), default="table")
def show(
    by: str | None,
    on: date | None,
    first: date | None,
    last: date | None,
    period: NamedPeriod | None,
    map_on: date | None,
    under: str | None,
    keys: tuple[str, ...],
    compare: str | None,
    layout: str,
    *,
    is_all: bool,
) -> None:
    """Print the rows of the coverage page, the total last; ratios only where they are asked for."""
    level = Level(by) if by else None
    with clear_lines():
        if is_all:
            keys = tuple(measure.key for measure in all_measures())
        question = ask(EVERYTHING, Wish(level, on, first, last, map_on, under, period, keys))
    if not keys:
        counts = tuple(measure for measure in question.measures if not measure.ratio)
        question = replace(question, measures=counts)
    # Beside the areas' names "chưa phân bổ" is Vietnamese as well.
    answer = coverage(EVERYTHING, question)
    beside = None
    if compare:
        with clear_lines():
            beside = compare_in_time(EVERYTHING, answer, Comparing(compare))
    text = as_json(answer, beside) if layout == "json" else as_table(answer, beside)
    # As bytes, because the terminal's own encoding may know no Vietnamese.
    click.echo(text.encode())


def as_json(answer: Coverage, beside: Comparison | None = None) -> str:
    """The rows as a JSON list of objects; of a ratio without anything to divide by, null.

    Compared with another period each row holds the figures of then, under the word of the
    comparison, and under `change` by how much those of now differ.
    """
    measures = answer.question.measures
    rows = [
        {
            "area_code": row.code,
            "area_name": row.name,
            **{measure.key: _rounded(row.value(measure)) for measure in measures},
            **(_compared(row, measures, beside) if beside else {}),
        }
        for row in answer.all_rows
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _compared(
    row: CoverageRow, measures: Iterable[Measure], beside: Comparison
) -> dict[str, dict[str, float | None]]:
    """The figures of then, and by how much those of now differ."""
    then = beside.row_beside(row)
    values = {m.key: (row.value(m), then.value(m)) for m in measures}
    return {
        beside.comparing.value: {key: _rounded(before) for key, (_now, before) in values.items()},
        "change": {
            key: None if None in pair else _rounded((pair[0] or 0) - (pair[1] or 0))
            for key, pair in values.items()
        },
    }


def _rounded(value: float | None) -> float | None:
    """A count as it is, a ratio to four places."""
    return round(value, 4) if isinstance(value, float) else value


def as_table(answer: Coverage, beside: Comparison | None = None) -> str:
    """The rows as text in columns, figures to the right; beside each its change, if it is compared
    with another period."""
    measures = answer.question.measures
    width = max(len(row.name) for row in answer.all_rows)
    titles = [title for m in measures for title in _titles(m, beside)]
    head = " ".join(["area_code", f"{'area_name':{width}}", *titles])
    return "\n".join([head, *(_line(row, measures, width, beside) for row in answer.all_rows)])


def _titles(measure: Measure, beside: Comparison | None) -> list[str]:
    """The headings of a measure: its key, and that of its change."""
    return [measure.key, f"{measure.key}.change"] if beside else [measure.key]


def _line(
    row: CoverageRow, measures: Iterable[Measure], width: int, beside: Comparison | None
) -> str:
    """One row of the table, each figure as wide as its heading."""
    changes = _compared(row, measures, beside)["change"] if beside else {}
    figures = [
        f"{_text(value):>{len(title)}}"
        for measure in measures
        for title, value in zip(
            _titles(measure, beside), [row.value(measure), changes.get(measure.key)], strict=False
        )
    ]
    return " ".join([f"{row.code:9} {row.name:{width}}", *figures])


def _text(value: float | None) -> str:
    """A figure as text; a dash where there is nothing to divide by."""
    return "-" if value is None else str(_rounded(value))
