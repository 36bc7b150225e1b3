"""Make the virtual environment; run by `make setup` with the machine's Python, before anything
is installed, so it imports the standard library alone.

    python3 tcns/site/environment.py runtime|dev

A stamp in `.venv` says what is installed, so that the next `make` does not ask again.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = ROOT / ".venv"
OLDEST_PYTHON = (3, 11)
EXTRAS = {"runtime": "", "dev": "[dev]"}

NO_VENV = """Python's venv module is incomplete here. Install it, then try again:
    apt install python3-venv"""
NOT_WRITABLE = "{place} cannot be written: {reason}. Run this as the owner of {root}."
NOT_INSTALLED = "The dependencies were not installed: see pip's message above, then try again."


def main(kind: str) -> None:
    """Make the environment unless it is there, and install into it."""
    check_python()
    if not (ENVIRONMENT / "bin" / "pip").exists():
        make_environment()
    install(kind)
    for stamp in ("runtime", kind):  # what tests need includes what serving needs
        (ENVIRONMENT / f"{stamp}-installed").touch()


def check_python() -> None:
    """End with a clear line when Python is too old or lacks what makes environments."""
    if sys.version_info < OLDEST_PYTHON:
        sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0])
    try:
        import ensurepip  # noqa: F401, PLC0415  # Debian has it in python3-venv
        import venv  # noqa: F401, PLC0415  # python3-minimal lacks it
    except ImportError:
        sys.exit(NO_VENV)


def make_environment() -> None:
    """Make `.venv`, with pip in it."""
    import venv  # noqa: PLC0415  # after check_python, which says what to do without it

    print(f"Making {ENVIRONMENT}", flush=True)
    try:
        venv.create(ENVIRONMENT, clear=True, with_pip=True, symlinks=True)
    except OSError as error:
        sys.exit(NOT_WRITABLE.format(place=ENVIRONMENT, reason=error.strerror, root=ROOT))
    except subprocess.CalledProcessError:
        sys.exit(NO_VENV)


def install(kind: str) -> None:
    """Install the pinned dependencies, from wherever the machine's pip takes its packages."""
    print(
        f"Installing the {kind} dependencies (constraints.txt); the first time takes a minute",
        flush=True,
    )
    command = [str(ENVIRONMENT / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    command += ["--disable-pip-version-check", "-c", "constraints.txt"]
    if kind == "dev":  # what is tried here is a small part: each module is compiled when first used
        command += ["--no-compile"]
    command += ["--editable", f".{EXTRAS[kind]}"]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        sys.exit(NOT_INSTALLED)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except PermissionError as error:
        sys.exit(NOT_WRITABLE.format(place=error.filename, reason=error.strerror, root=ROOT))
    except KeyboardInterrupt:
        sys.exit("Interrupted; run it again to finish.")
