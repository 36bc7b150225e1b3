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
from tcns.coverage.measure import Measure
from tcns.coverage.queries import Coverage, CoverageRow, coverage
from tcns.coverage.questions import Wish, ask
from tcns.periods import NamedPeriod
from tcns.permissions.scope import EVERYTHING

group = AppGroup("coverage", help="Figures by district, commune or village.")

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
    text = as_json(answer) if layout == "json" else as_table(answer)
    # As bytes, because the terminal's own encoding may know no Vietnamese.
    click.echo(text.encode())


def as_json(answer: Coverage) -> str:
    """The rows as a JSON list of objects; of a ratio without anything to divide by, null."""
    measures = answer.question.measures
    rows = [
        {
            "area_code": row.code,
            "area_name": row.name,
            **{measure.key: _rounded(row.value(measure)) for measure in measures},
        }
        for row in answer.all_rows
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _rounded(value: float | None) -> float | None:
    """A count as it is, a ratio to four places."""
    return round(value, 4) if isinstance(value, float) else value


def as_table(answer: Coverage) -> str:
    """The rows as text in columns, figures to the right."""
    measures = answer.question.measures
    width = max(len(row.name) for row in answer.all_rows)
    head = " ".join(["area_code", f"{'area_name':{width}}", *(m.key for m in measures)])
    return "\n".join([head, *(_line(row, measures, width) for row in answer.all_rows)])


def _line(row: CoverageRow, measures: Iterable[Measure], width: int) -> str:
    """One row of the table, each figure as wide as its heading."""
    figures = " ".join(f"{_text(row.value(m)):>{len(m.key)}}" for m in measures)
    return f"{row.code:9} {row.name:{width}} {figures}"


def _text(value: float | None) -> str:
    """A figure as text; a dash where there is nothing to divide by."""
    return "-" if value is None else str(_rounded(value))
