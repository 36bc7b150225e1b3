"""The browser and the site of the journeys, which say loudly when they could not run."""

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.demonstration import DATABASE
from tests.journeys.browser import ARGUMENTS, DRIVER_LIBRARY, find_chromium, has_driver
from tests.journeys.server import served_demonstration
from tests.journeys.traveller import DESK, HEIGHTS, PHONE, Traveller
from tests.shared import shared_directory

NO_BROWSER = (
    "no Chromium: none on this system, and neither playwright nor the distribution gave one "
    "(install the package chromium, or name one in TCNS_CHROMIUM)"
)
MOST_LEADERS = 20
# Leaders today whose team has held a session: the next one is like it.
LEADERS = """
SELECT DISTINCT user.user_name FROM user
JOIN person ON person.user_id = user.id
JOIN membership ON membership.person_id = person.id
JOIN activity ON activity.team_id = membership.team_id
WHERE membership.role = 'leader' AND membership.valid_to IS NULL AND user.disabled_at IS NULL
  AND user.user_name NOT LIKE 'totruong.%' AND activity.status = 'approved'
ORDER BY user.id
"""
OPEN = """
UPDATE user SET password_hash = (SELECT password_hash FROM user WHERE user_name = 'xa.02335')
WHERE user_name = ?
"""
NO_DRIVER = f"playwright's driver does not run (install the package {DRIVER_LIBRARY})"


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    """Playwright's driver; without it the journeys are skipped, and with CI=true they fail."""
    if not has_driver():
        do_without(NO_DRIVER)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium_path(driver: Playwright) -> str:
    """Where a Chromium lies; without one it is as without the driver."""
    return find_chromium(driver) or do_without(NO_BROWSER)


@pytest.fixture(scope="session")
def browser(driver: Playwright, chromium_path: str) -> Iterator[Browser]:
    """A Chromium."""
    started = driver.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
    yield started
    started.close()


def do_without(what: str) -> NoReturn:
    """Skip the journeys, saying why; with CI=true they fail."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def instance() -> Path:
    """Where this worker's own demonstration lies."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    return shared_directory() / f"journeys-{worker}"


@pytest.fixture(scope="session")
def site(browser: Browser, instance: Path) -> Iterator[str]:
    """The address of this worker's own demonstration, served as it really is."""
    assert browser.is_connected()
    with served_demonstration(instance) as address:
        yield address


@pytest.fixture(scope="session")
def leaders(site: str, instance: Path) -> Iterator[str]:
    """The user names of leaders, each given out once: none has logged a session like the next.

    They get the password of the others.
    """
    assert site
    with contextlib.closing(sqlite3.connect(instance / DATABASE)) as connection:
        names = connection.execute(LEADERS).fetchmany(MOST_LEADERS)
        connection.executemany(OPEN, names)
        connection.commit()
    return iter(name for (name,) in names)


@pytest.fixture(params=[PHONE, DESK])
def width(request: pytest.FixtureRequest) -> int:
    """A phone's and an office screen's width in pixels."""
    chosen: int = request.param
    return chosen


@pytest.fixture
def open_window(browser: Browser, site: str) -> Iterator[Callable[..., Traveller]]:
    """`open_window(width)` is a fresh window; with `scripts=False`, JavaScript is off, with
    `touch=True` it is that of a touch screen."""
    contexts = []

    def opened(width: int, *, scripts: bool = True, touch: bool = False) -> Traveller:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHTS[width]},
            locale="vi-VN",
            java_script_enabled=scripts,
            has_touch=touch,
            reduced_motion="reduce",
        )
        contexts.append(context)
        return Traveller(context.new_page(), site, width)

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def traveller(open_window: Callable[..., Traveller], width: int) -> Traveller:
    """Somebody with a fresh window of this width."""
    return open_window(width)
