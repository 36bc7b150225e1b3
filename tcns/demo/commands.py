"""flask demo …"""

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from tcns.accounts.credentials.passwords import hash_password
from tcns.accounts.models import User
from tcns.areas import queries as areas
from tcns.areas.models import Area
from tcns.clock import today
from tcns.command_line import clear_lines
from tcns.config import environment
from tcns.database import db, writing
from tcns.demo.accounts import USER_NAMES
from tcns.demo.sheet import SETTING, choose_password, keep_sheet, sheet
from tcns.demo.world import load_world

group = AppGroup("demo", help="The demonstration world.")


@group.command("load")
def load() -> None:
    """Fill an empty database with the demonstration world."""
    with clear_lines():
        if areas.deployment().is_demonstration:
            click.echo("The demonstration world is loaded already; there is nothing to do.")
            return
        chosen = environment().get(SETTING)
        password = choose_password(chosen)
        text = sheet(password if not chosen else f"as set in {SETTING}")
        # Hashing is slow on purpose, so it is done before anything is locked.
        hashes = {user_name: hash_password(password) for user_name in USER_NAMES}
        with writing():
            require_empty()
            name = current_app.config["TCNS"].team_name_vi
            load_world(today(), team_name=name, hashes=hashes)
            keep_sheet(text)
    click.echo(text)


def require_empty() -> None:
    """Leave a database alone that holds anything of a real installation."""
    if db.session.scalar(select(Area.id).limit(1)) or db.session.scalar(select(User.id).limit(1)):
        raise click.ClickException(
            "The database is not empty; the demonstration world goes into an empty one only."
        )
