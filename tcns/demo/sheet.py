"""The sheet with the demonstration's accounts and their password."""

import os
import secrets

import click

from tcns.accounts.credentials.passwords import is_too_long
from tcns.config import instance_directory

SETTING = "TCNS_DEMO_PASSWORD"
SHEET = "demo-accounts.txt"
SHORTEST = 15
# Without letters and digits that look alike.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP_LENGTH = 4, 5

ACCOUNTS = {
    "tinh": "province administrator",
    "xemxet": "province reviewer",
    "huyen.chiemhoa": "district reviewer, Chiêm Hóa",
    "xa.02335": "commune official, Hòa Phú",
    "totruong.02335": "leader of a village team in Hòa Phú",
    "thanhvien.02335": "member of that team",
    "kiemtra": "auditor",
}


def choose_password(chosen: str | None) -> str:
    """The password of all demonstration accounts: the one that is set, else a random one."""
    if not chosen:
        return "-".join(_letters(GROUP_LENGTH) for _group in range(GROUPS))
    if is_too_long(chosen):
        raise click.ClickException(f"{SETTING} is too long for a password.")
    if len(chosen) < SHORTEST:
        click.echo(f"{SETTING} is shorter than {SHORTEST} characters: for trials only.", err=True)
    return chosen


def _letters(count: int) -> str:
    """Random letters and digits."""
    return "".join(secrets.choice(ALPHABET) for _letter in range(count))


def sheet(password: str) -> str:
    """The accounts, a line each, and their password, or where to find it."""
    width = max(map(len, ACCOUNTS))
    lines = [f"  {user_name:{width}}  {role}" for user_name, role in ACCOUNTS.items()]
    title = "Demonstration accounts, all with the same password:"
    return "\n".join([title, *lines, "", f"  password: {password}"])


def keep_sheet(text: str) -> None:
    """Write the sheet into the instance directory, for its owner's eyes only."""
    path = instance_directory() / SHEET
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.unlink(missing_ok=True)  # so that the new file's mode is ours from the beginning
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text + "\n")
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}.") from error
