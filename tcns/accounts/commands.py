"""flask accounts …"""

import secrets
from datetime import timedelta

import click
from flask import current_app
from flask.cli import AppGroup

from tcns.accounts import device_operations, operations, queries
from tcns.accounts.credentials import passwords
from tcns.accounts.credentials.one_time_codes import code_digest, code_expiry, derive_code
from tcns.accounts.credentials.password_rules import ROLE_LENGTH, check_password
from tcns.accounts.models import User
from tcns.accounts.sign_in import throttling
from tcns.accounts.user_names import plain_user_name
from tcns.areas import queries as areas
from tcns.areas.models import Area
from tcns.clock import now
from tcns.command_line import clear_lines
from tcns.database import writing
from tcns.i18n import format_moment
from tcns.permissions.vocabulary import Role
from tcns.web.idempotency import forget_idempotency_keys

group = AppGroup("accounts", help="Accounts: the first administrator, one-time codes, tidying up.")

# How long what is over is kept: time enough to look into something that went wrong.
KEPT = timedelta(days=90)


@group.command("create-administrator")
@click.option("--user-name", help="What the administrator signs in with; asked where left out.")
@click.option("--full-name", help="Family, middle and given name; asked where left out.")
@click.option("--code", "with_code", is_flag=True, help="Print a one-time code, ask no password.")
def create_administrator(user_name: str | None, full_name: str | None, *, with_code: bool) -> None:
    """Create an account that administers the whole province.

    What stands in the way is said before anything further is asked.
    """
    with clear_lines():
        province = _province()
        user_name = plain_user_name(user_name or click.prompt("User name"))
        operations.check_user_name(user_name)
        full_name = full_name or click.prompt("Full name")
        hashed = None if with_code else _ask_password(user_name, full_name, province)
        with writing():
            province = _province()
            user = operations.add_account(
                full_name=full_name, user_name=user_name, home_area=province, by=None
            )
            operations.grant_role(user, Role.PROVINCE_ADMINISTRATOR, province, by=None)
            if hashed:
                operations.set_password(user, hashed, by=None)
            code = None if hashed else _issue_code(user)
        click.echo(f"The administrator {user.user_name} is created.")
        if code:
            _say_code(user, code)


@group.command("issue-code")
@click.argument("user_name")
def issue_code(user_name: str) -> None:
    """Print a one-time code with which the account's holder sets a new password."""
    with clear_lines():
        with writing():
            user = queries.find_user(user_name)
            if user is None:
                raise click.ClickException(f"There is no account {user_name}.")
            code = _issue_code(user)
        _say_code(user, code)


@group.command("purge")
def purge() -> None:
    """Delete what is over for 90 days: sign-ins that ended, and keys of forms that were sent.

    When each account was last seen stays known. It may be run at any time, and again.
    """
    before = now() - KEPT
    with clear_lines(), writing():
        sign_ins = device_operations.purge_sign_ins(before)
        tries = throttling.forget_old_tries()
        forms = forget_idempotency_keys(before)
    click.echo(f"Deleted {sign_ins} sign-ins, {tries} failed tries, {forms} keys of sent forms.")


def _province() -> Area:
    """The province this installation serves; ends the command where none is loaded yet."""
    province = areas.province(areas.map_day())
    if province is None:
        raise click.ClickException(
            "There is no province yet. Load its areas first: flask areas load --province CODE"
        )
    return province


def _ask_password(user_name: str, full_name: str, home_area: Area) -> str:
    """Ask for a password twice; its hash. RuleViolation where it is too weak for the role."""
    password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    to_be = User(user_name=user_name, full_name=full_name, home_area_id=home_area.id)
    check_password(password, shortest=ROLE_LENGTH, words=queries.guessable_words(to_be))
    return passwords.hash_password(password)


def _issue_code(user: User) -> str:
    """Give the account a one-time code and tell it."""
    secret = str(current_app.secret_key)
    code = derive_code(secret, user.id, secrets.token_urlsafe())
    expires_at = code_expiry(is_first=user.password_hash is None)
    digest = code_digest(secret, user.id, code)
    operations.issue_code(user, digest=digest, expires_at=expires_at, by=None)
    return code


def _say_code(user: User, code: str) -> None:
    """Print a one-time code and what to do with it."""
    until = format_moment(user.code_expires_at)
    click.echo(
        f"One-time code for {user.user_name}: {code} (until {until}). Enter it at /activate."
    )
