"""flask jobs …"""

from datetime import timedelta

import click
from flask import current_app
from flask.cli import AppGroup

from tcns.clock import now
from tcns.command_line import clear_lines, require_tables
from tcns.database import writing
from tcns.jobs.operations import SHORTEST_KEPT, USUALLY_KEPT, purge_jobs
from tcns.jobs.queue import job_queue
from tcns.log_lines import write_logs

group = AppGroup("jobs", help="Long work: the process that does it, and its results.")


@group.command("work")
def work() -> None:
    """Do the long work that is waiting or comes in, until told to stop (SIGTERM, Ctrl-C)."""
    require_tables()
    write_logs(is_command=False, file=current_app.config["TCNS"].log_file)
    job_queue().consume()


@group.command("purge")
@click.option(
    "--days",
    type=click.IntRange(min=SHORTEST_KEPT.days),
    default=USUALLY_KEPT.days,
    show_default=True,
    help="Keep what finished within so many days.",
)
def purge(days: int) -> None:
    """Forget finished work and its results."""
    with clear_lines(), writing():
        count = purge_jobs(now() - timedelta(days=days))
    click.echo(f"{count} finished jobs were forgotten.")
