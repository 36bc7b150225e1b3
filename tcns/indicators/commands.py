"""flask indicators …"""

import click
from flask.cli import AppGroup

from tcns.command_line import clear_lines
from tcns.database import writing
from tcns.indicators.operations import load_indicators

group = AppGroup("indicators", help="The catalogue of what sessions count.")


@group.command("load")
def load() -> None:
    """Add the indicators of the catalogue that are not there yet."""
    with clear_lines(), writing():
        count = load_indicators(by=None)
    click.echo(f"Added {count} indicators." if count else "There is nothing to add.")
