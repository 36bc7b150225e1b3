"""The instance directory: the secret key and the settings, made when an installation begins."""

import errno
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from tcns.config import SettingError, environment, instance_directory

SECRET_BYTES = 32

TRIAL_SETTINGS = """\
# Settings of this installation, one TCNS_NAME=value a line; the environment goes before them.
# docs/administration.md lists them. As it stands, this is a trial on this machine alone: the
# site answers to localhost only. Serving others: set TCNS_HOSTS, and delete the next line.
TCNS_PLAIN_HTTP=1
"""


def prepare_instance() -> None:
    """Make the instance directory with a secret key and settings; what is there stays."""
    chosen, instance = environment(), instance_directory()
    try:
        instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        check_writable(instance)
        if not chosen.get("TCNS_SECRET_KEY"):
            write_once(instance / "secret-key", secrets.token_hex(SECRET_BYTES) + "\n")
        if not is_set_up(chosen):
            write_once(instance / "settings.env", TRIAL_SETTINGS)
    except OSError as error:
        raise SettingError(
            f"{error.filename} cannot be written: {error.strerror}. Run this as the owner of the "
            "installation, or set TCNS_INSTANCE to a directory of yours."
        ) from error


def check_writable(instance: Path) -> None:
    """Raise PermissionError where the directory, or a database in it, is somebody else's.

    A command once typed as another user leaves such a database behind.
    """
    for place in (instance, *instance.glob("*.sqlite3*")):
        if not os.access(place, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))


def is_set_up(chosen: Mapping[str, str]) -> bool:
    """Whether somebody decided how the site is served: under which hosts, or as a trial."""
    return bool(chosen.get("TCNS_HOSTS") or chosen.get("TCNS_PLAIN_HTTP"))


def write_once(path: Path, text: str) -> None:
    """Write a file only its owner can read, unless it is there already."""
    if not path.exists():
        with open(path, "x", opener=owner_only, encoding="utf-8") as file:
            file.write(text)


def owner_only(path: str, flags: int) -> int:
    """Open a new file that nobody else can read at any moment."""
    return os.open(path, flags, 0o600)
