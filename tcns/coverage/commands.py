"""flask coverage …"""

import json
from datetime import date

import click
from flask.cli import AppGroup

from tcns.areas.vocabulary import Level
from tcns.command_line import DAY, PERIOD, clear_lines
from tcns.coverage.measures import MEASURES
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
@click.option("--format", "layout", type=click.Choice(["json", "table"]), default="table")
def show(
    by: str | None,
    on: date | None,
    first: date | None,
    last: date | None,
    period: NamedPeriod | None,
    map_on: date | None,
    under: str | None,
    layout: str,
) -> None:
    """Print the rows of the coverage page, the total last."""
    level = Level(by) if by else None
    with clear_lines():
        question = ask(EVERYTHING, Wish(level, on, first, last, map_on, under, period))
    # Beside the areas' names "chưa phân bổ" is Vietnamese as well.
    answer = coverage(EVERYTHING, question)
    text = as_json(answer) if layout == "json" else as_table(answer)
    # As bytes, because the terminal's own encoding may know no Vietnamese.
    click.echo(text.encode())


def as_json(answer: Coverage) -> str:
    """The rows as a JSON list of objects."""
    rows = [
        {"area_code": row.code, "area_name": row.name, **row.figures} for row in answer.all_rows
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def as_table(answer: Coverage) -> str:
    """The rows as text in columns, figures to the right."""
    keys = [measure.key for measure in MEASURES]
    width = max(len(row.name) for row in answer.all_rows)
    head = f"{'area_code':9} {'area_name':{width}} " + " ".join(keys)
    return "\n".join([head, *(_line(row, keys, width) for row in answer.all_rows)])


def _line(row: CoverageRow, keys: list[str], width: int) -> str:
    """One row of the table, each figure as wide as its heading."""
    figures = " ".join(f"{row.figures[key]:>{len(key)}}" for key in keys)
    return f"{row.code:9} {row.name:{width}} {figures}"
