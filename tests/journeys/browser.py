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
    ways = [[sys.executable, "-m", "playwright", "install", "--no-shell", "chromium"]]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        ways += [["apt-get", "update"], *(["apt-get", "install", "-y", name] for name in NAMES[:2])]
    for way in ways:
        _try(way)
        if found := _present(playwright):
            return found
    return None


def _try(command: list[str]) -> None:
    """Run a command that may fail or take too long; whether it helped is seen afterwards."""
    try:
        subprocess.run(command, capture_output=True, timeout=PATIENCE_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return
