"""flask backup …"""

import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.exc import DatabaseError

from tcns.backup.archive import BackupRefused, Manifest
from tcns.backup.operations import create_backup, put_back, read_backup
from tcns.command_line import unusable
from tcns.config import instance_directory
from tcns.database.engine import sqlite_module
from tcns.database.schema import present_revision
from tcns.i18n import format_moment

group = AppGroup("backup", help="Copy everything into one file, and put it back.")

FILE = click.Path(path_type=Path, dir_okay=False)
WRITTEN = """\
{file}: {bytes} bytes, {rows} rows.
It holds personal data and hashes of passwords: only its owner can read it (mode 600); keep it so.
"""
BUCKET = (
    "Photographs and scans are not in it: they lie in the bucket {name}, to be kept by itself.\n"
)


@contextmanager
def refusals(outcome: str) -> Iterator[None]:
    """End the command with one line that says why it was refused, and what that left behind.

    Told to end, it takes away what it had begun.
    """
    usual = signal.signal(signal.SIGTERM, lambda *_: sys.exit(f"Ended too early: {outcome}."))
    try:
        yield
    except BackupRefused as refused:
        raise click.ClickException(f"{outcome}: {refused}") from refused
    except (DatabaseError, sqlite_module().Error) as error:
        raise click.ClickException(f"{outcome}. {unusable(error)}") from error
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from error
    finally:
        signal.signal(signal.SIGTERM, usual)


@group.command("create")
@click.argument("file", type=FILE)
def create(file: Path) -> None:
    """Copy the database and its files into FILE while the site runs."""
    with refusals("no backup was made"):
        manifest = create_backup(file)
    size = file.stat().st_size
    click.echo(WRITTEN.format(file=file, bytes=size, rows=manifest.row_count), nl=False)
    if bucket := current_app.config["TCNS"].bucket:
        click.echo(BUCKET.format(name=bucket.name), nl=False)


@group.command("restore")
@click.argument("file", type=FILE)
@click.option("--yes", is_flag=True, help="Replace what the installation holds now.")
def restore(file: Path, yes: bool) -> None:
    """Put the backup FILE in the place of what the installation holds.

    The file is checked whole first; a damaged one is refused and nothing is touched.
    """
    instance = instance_directory()
    with refusals("nothing was changed"):
        instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".restore-", dir=instance) as staging:
            manifest = read_backup(file, Path(staging))
            ask(manifest, yes)
            put_back(Path(staging), manifest)
    click.echo(f"Restored {manifest.row_count} rows, as they were on {when(manifest)}.")
    click.echo("Bring the tables up to date with: make prepare")


def ask(manifest: Manifest, yes: bool) -> None:
    """Refuse to replace anything unless the command says --yes."""
    if present_revision() and not yes:
        raise BackupRefused(
            f"the backup of {when(manifest)} ({manifest.row_count} rows) would replace what "
            "this installation holds. If that is what you want, say --yes."
        )


def when(manifest: Manifest) -> str:
    """The moment of a backup, in Vietnam's time."""
    return format_moment(datetime.fromisoformat(manifest.made_at))
