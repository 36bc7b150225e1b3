"""flask notices …"""

import click
from flask.cli import AppGroup

from tcns.command_line import clear_lines
from tcns.digests.jobs import tell_all_communes

group = AppGroup("notices", help="What people are told of.")


@group.command("digest")
def digest() -> None:
    """Tell the officials of each commune what waits there, unless they were told this week.

    The worker does it every morning.
    """
    with clear_lines():
        count = tell_all_communes()
    click.echo(f"{count} officials were told.")
