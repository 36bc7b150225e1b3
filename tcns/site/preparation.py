"""Bring the database up to date, and give an empty one its demonstration world."""

import subprocess
import sys
from collections.abc import Mapping

from flask_migrate import upgrade
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from tcns.app import create_app
from tcns.areas.queries import deployment
from tcns.command_line import is_unusable, unusable
from tcns.config import ROOT, environment, instance_directory
from tcns.database import db

NEXT_STEPS = """\
The database is empty. Load the province's areas, then make the first account:
    .venv/bin/flask areas load --province 08
    .venv/bin/flask accounts create-administrator
"""


def prepare_database() -> None:
    """Upgrade the tables; fill an empty database, or say how to; name the demonstration accounts.

    Ends the process with one line when the database does not answer or is damaged.
    """
    with create_app().app_context():
        try:
            upgrade()
            if is_empty() and wants_demonstration(environment()):
                load_demonstration()
            refresh_statistics()
            print(greeting())
        except DatabaseError as error:
            if not is_unusable(error):
                raise
            sys.exit(unusable(error))
        finally:
            db.engine.dispose()


def is_empty() -> bool:
    """Whether no province has been loaded yet."""
    return not deployment().province_code


def wants_demonstration(chosen: Mapping[str, str]) -> bool:
    """Whether an empty database gets the demonstration world: TCNS_DEMO says, 1 or 0.

    Unsaid, a trial gets it and a site that serves others under TCNS_HOSTS does not.
    """
    unsaid = "0" if chosen.get("TCNS_HOSTS") else "1"
    return chosen.get("TCNS_DEMO", unsaid) != "0"


def load_demonstration() -> None:
    """Load the demonstration world; ends the process when that fails, leaving nothing half."""
    print("The database is empty: loading the demonstration world", flush=True)
    db.session.rollback()  # what was read is about to change under another process
    command = [sys.executable, "-m", "flask", "demo", "load"]
    # What it prints stands in the greeting as well.
    if subprocess.run(command, cwd=ROOT, check=False, stdout=subprocess.DEVNULL).returncode:
        sys.exit("The demonstration world was not loaded; TCNS_DEMO=0 starts without it.")


def refresh_statistics() -> None:
    """Let the engine count its tables anew: it plans its queries by that, and SQLite never does
    so by itself."""
    with db.engine.connect() as connection:
        connection.execute(text("ANALYZE"))
        connection.commit()


def greeting() -> str:
    """What whoever starts the installation must know: the next steps, or the accounts to try."""
    if is_empty():
        return NEXT_STEPS
    accounts = instance_directory() / "demo-accounts.txt"
    if deployment().is_demonstration and accounts.exists():
        return f"{accounts.read_text('utf-8').rstrip()}\n(kept in {accounts})\n"
    return ""
