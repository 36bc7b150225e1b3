"""flask areas …"""

import csv
import io
from datetime import date
from typing import IO

import click
from flask.cli import AppGroup

from tcns.areas import deployment_operations, queries
from tcns.areas.tree_queries import TreeLine, tree_on
from tcns.areas.vocabulary import Level
from tcns.command_line import DAY, DAY_OR_TODAY, clear_lines
from tcns.database import writing

group = AppGroup("areas", help="Provinces, districts, communes and villages.")

LEVELS = [level.value for level in Level]


@group.command("load")
@click.option("--province", "code", required=True, help="Code of the province, e.g. 08.")
def load(code: str) -> None:
    """Load the areas of the gazetteer for an installation that serves one province."""
    with clear_lines(), writing():
        count = deployment_operations.load_areas(code, by=None)
    if count:
        click.echo(f"Loaded {count} areas; this installation serves province {code}.")
    else:
        click.echo(f"The areas of province {code} are loaded already; there is nothing to do.")


@group.command("export")
@click.option("--on", "day", type=DAY, required=True, help="The day whose tree is printed.")
@click.option("--format", "_layout", type=click.Choice(["csv"]), default="csv")
@click.option(
    "--level", type=click.Choice(LEVELS), default=Level.COMMUNE.value, help="The lowest level."
)
def export(day: date, _layout: str, level: str) -> None:
    """Print the tree of the province on a day, sorted by code."""
    with clear_lines():
        if not queries.deployment().province_code:
            raise click.ClickException("No areas are loaded; run: flask areas load --province 08")
        # As bytes, because the terminal's own encoding may know no Vietnamese.
        click.echo(as_csv(tree_on(day, Level(level))).encode(), nl=False)


def as_csv(rows: list[TreeLine]) -> str:
    """The lines of the tree under their column names, sorted by code."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(TreeLine._fields)
    writer.writerows(sorted(rows))
    return file.getvalue()


@group.command("load-boundaries")
@click.argument("file", type=click.File("rb"))
@click.option("--on", "day", type=DAY, required=True, help="The day whose areas these are.")
def load_boundaries(file: IO[bytes], day: date) -> None:
    """Load boundaries of areas for maps from FILE, GeoJSON in WGS84 with the property "code"."""
    # What makes boundaries small takes 30 MB of memory, which no other process needs.
    from tcns.areas.boundaries import operations  # noqa: PLC0415

    with clear_lines(), writing():
        loaded = operations.load_boundaries(file.read(), day, by=None)
    click.echo(
        f"Loaded the boundaries of {loaded.area_count} areas, and those of {loaded.whole_count} "
        f"above them, for the map of {day}. A map of a whole province has at most "
        f"{loaded.heaviest / 1000:.1f} KB of them, simplified by {loaded.tolerance} degrees."
    )


@group.command("set-map-day")
@click.argument("day", type=DAY_OR_TODAY)
def set_map_day(day: date | None) -> None:
    """Show the areas of DAY (YYYY-MM-DD) as the current ones, or those of every "today"."""
    with clear_lines(), writing():
        deployment_operations.set_map_day(day, by=None)
    click.echo(f"The map is that of {day or 'today, whichever day it is'}.")
