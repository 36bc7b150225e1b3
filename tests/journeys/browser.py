"""Finding a Chromium: on the system, as playwright keeps it, or installed by the ways there are."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Playwright

# The first is Chromium without a screen: for the same pages it needs a third less of the machine.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
PATIENCE_SECONDS = 240
# Pages of ours need nothing from elsewhere, and a container may have no sandbox and no GPU.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--font-render-hinting=none",
)
# What playwright's own driver needs, and a bare Debian does not have.
DRIVER_LIBRARY = "libatomic1"


def has_driver() -> bool:
    """Whether playwright's driver runs, once the library it needs was installed where we may."""
    if _driver_runs():
        return True
    for way in _ways_of_distribution(DRIVER_LIBRARY):
        _try(way)
    return _driver_runs()


def _driver_runs() -> bool:
    """Whether the driver tells its version."""
    command = [sys.executable, "-m", "playwright", "--version"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def find_chromium(playwright: Playwright) -> str | None:
    """The path of a Chromium, installing one if none is there; None when that fails."""
    return _present(playwright) or _installed(playwright)


def _present(playwright: Playwright) -> str | None:
    """A Chromium that is there already."""
    named = os.environ.get("TCNS_CHROMIUM")
    kept = Path(playwright.chromium.executable_path)
    on_system = (path for path in map(shutil.which, NAMES) if path)
    return named or next(on_system, None) or (str(kept) if kept.exists() else None)


def _installed(playwright: Playwright) -> str | None:
    """A Chromium fetched by playwright itself or, where we may, by the distribution."""
    own = [sys.executable, "-m", "playwright", "install", "--no-shell", "chromium"]
    for way in [own, *_ways_of_distribution(*NAMES[:2])]:
        _try(way)
        if found := _present(playwright):
            return found
    return None


def _ways_of_distribution(*packages: str) -> list[list[str]]:
    """The commands that install packages of the distribution; none where we may not."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return []
    return [["apt-get", "update"], *(["apt-get", "install", "-y", name] for name in packages)]


def _try(command: list[str]) -> None:
    """Run a command that may fail or take too long; whether it helped is seen afterwards."""
    try:
        subprocess.run(command, capture_output=True, timeout=PATIENCE_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return
