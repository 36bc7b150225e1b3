"""The demonstration world, built once per run as an administrator builds it: by the commands."""

import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conventions.sources import ROOT
from tests.shared import made_once, shared_directory

PASSWORD = "mật khẩu của bản minh họa"
DATABASE = "tcns.sqlite3"


def copy_demonstration(directory: Path) -> dict[str, str]:
    """Copy the demonstration into a new instance directory; the environment to use it in."""
    built = Path(made_once("demonstration", _build))
    directory.mkdir()
    shutil.copyfile(built / DATABASE, directory / DATABASE)
    return settings(directory)


def settings(directory: Path) -> dict[str, str]:
    """The environment of an installation: a trial on this machine alone, nothing from outside."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("TCNS_")}
    return outside | {
        "FLASK_APP": "wsgi.py",
        "TCNS_INSTANCE": str(directory),
        "TCNS_SECRET_KEY": secrets.token_hex(32),
        "TCNS_PLAIN_HTTP": "1",
        "TCNS_DEMO_PASSWORD": PASSWORD,
    }


def _build() -> str:
    """Migrate an empty database and load the demonstration into it; the instance directory."""
    directory = shared_directory() / "demonstration"
    directory.mkdir()
    for command in (["db", "upgrade"], ["demo", "load"]):
        run([sys.executable, "-m", "flask", *command], settings(directory))
    return str(directory)


def run(command: list[str], environment: dict[str, str]) -> str:
    """Run a command to its end and return what it printed; the same is the error when it fails."""
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
    return done.stdout
