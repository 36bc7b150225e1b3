"""Commands about files that people hand in."""

from datetime import timedelta

import click
from flask.cli import AppGroup

from tcns.clock import now
from tcns.files.strays import delete_strays

group = AppGroup("files", help="Look after the files that people hand in.")
# What is being handed in has a file before it has a record.
STRAYS_KEPT = timedelta(days=1)


@group.command("purge")
def purge() -> None:
    """Delete photographs and scans that were removed, or never got a record, a day ago or more.

    It may be run at any time, and again.
    """
    click.echo(f"Deleted {delete_strays(now() - STRAYS_KEPT)} stray files.")
