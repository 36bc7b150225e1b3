"""The browser and the site of the journeys, which say loudly when they could not run."""

import os
from collections.abc import Callable, Iterator
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.journeys.browser import ARGUMENTS, DRIVER_LIBRARY, find_chromium, has_driver
from tests.journeys.server import served_demonstration
from tests.journeys.traveller import DESK, HEIGHTS, PHONE, Traveller
from tests.shared import shared_directory

NO_BROWSER = (
    "no Chromium: none on this system, and neither playwright nor the distribution gave one "
    "(install the package chromium, or name one in TCNS_CHROMIUM)"
)
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
def site(browser: Browser) -> Iterator[str]:
    """The address of this worker's own demonstration, served as it really is."""
    assert browser.is_connected()
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    with served_demonstration(shared_directory() / f"journeys-{worker}") as address:
        yield address


@pytest.fixture(params=[PHONE, DESK])
def width(request: pytest.FixtureRequest) -> int:
    """A phone's and an office screen's width in pixels."""
    chosen: int = request.param
    return chosen


@pytest.fixture
def open_window(browser: Browser, site: str) -> Iterator[Callable[..., Traveller]]:
    """`open_window(width)` is a fresh window; with `scripts=False`, JavaScript is off."""
    contexts = []

    def opened(width: int, *, scripts: bool = True) -> Traveller:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHTS[width]},
            locale="vi-VN",
            java_script_enabled=scripts,
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
