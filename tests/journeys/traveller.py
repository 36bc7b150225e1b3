"""Somebody who uses the site in a real browser, and looks at every page they come to."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Locator, Page, Request, Response

from tests.conventions.sources import ROOT
from tests.demonstration import PASSWORD
from tests.torture import IS_TORTURE

SCREENSHOTS = ROOT / "screenshots"
NARROW, SMALL, PHONE, DESK = 320, 360, 390, 1366
HEIGHTS = {NARROW: 640, SMALL: 720, PHONE: 844, DESK: 900}
SERVER_FAULT = 500

# A flow is walked on the screen it is mostly walked on, and on the other in `make torture`.
ON_A_PHONE = pytest.mark.parametrize("width", [PHONE, pytest.param(DESK, marks=pytest.mark.long)])
AT_A_DESK = pytest.mark.parametrize("width", [DESK, pytest.param(PHONE, marks=pytest.mark.long)])

# The sign-ins of earlier journeys, by site and user name, as the browser keeps them.
kept_sign_ins: dict[tuple[str, str], list[Any]] = {}


class Traveller:
    """A browser window of one width on the site.

    What the browser complains about (console, failed requests, answers with a fault) is kept and
    makes the next `look` fail.
    """

    def __init__(self, page: Page, site: str, width: int) -> None:
        self.page, self.site, self.width = page, site, width
        self.complaints: list[str] = []
        page.set_default_timeout(15_000)
        page.on("console", self._note_console)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("requestfailed", self._note_failure)
        page.on("response", self._note_response)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"console: {message.text}")

    def _note_failure(self, request: Request) -> None:
        # A page left before its pictures came is no fault of the site.
        if "ERR_ABORTED" not in (request.failure or ""):
            self.complaints.append(f"request: {request.url} {request.failure}")

    def _note_response(self, response: Response) -> None:
        if response.status >= SERVER_FAULT or not response.url.startswith((self.site, "data:")):
            self.complaints.append(f"response: {response.status} {response.url}")

    @property
    def path(self) -> str:
        """Where the browser is: path and query."""
        parts = urlsplit(self.page.url)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path

    @property
    def heading(self) -> str:
        """The page's h1."""
        return self.page.locator("h1").inner_text()

    def go(self, path: str) -> None:
        """Type an address of the site."""
        answer = self.page.goto(self.site + path)
        assert answer is not None
        assert answer.ok, f"{path} answers {answer.status}"

    def follow(self, what: Locator) -> None:
        """Press what leads to a page, and come to it; also where its address is the present one."""
        with self.page.expect_navigation():
            what.click()

    def sign_in(self, user_name: str) -> None:
        """Come to the home page signed in: as an earlier journey was, or by the form."""
        kept = kept_sign_ins.get((self.site, user_name))
        if kept is None:
            self.sign_in_by_form(user_name)
            kept_sign_ins[self.site, user_name] = self.page.context.cookies()
        else:
            self.page.context.add_cookies(kept)
            self.go("/")
            assert self.path == "/", f"{user_name} is led to {self.path}"

    def sign_in_by_form(self, user_name: str) -> None:
        """Come to the home page, be led to the form, sign in, and be led back."""
        self.go("/")
        self.send_sign_in(user_name, PASSWORD)
        self.page.wait_for_url(f"{self.site}/")

    def send_sign_in(self, user_name: str, password: str) -> None:
        """Fill the sign-in form and send it."""
        self.main("input[name=user_name]").fill(user_name)
        self.main("input[name=password]").fill(password)
        self.main("form button").click()

    def main(self, selector: str) -> Locator:
        """Something in the main part of the page."""
        return self.page.locator("main").locator(selector)

    def look(self, name: str) -> None:
        """Take a picture, and find nothing wrong: accessible, fitting the window, no complaint."""
        self.see(name)
        assert not self.complaints, f"{self.path}: {self.complaints}"

    def see(self, name: str) -> None:
        """The same where the network is cut, of which the browser complains."""
        SCREENSHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=picture(name, self.width), full_page=True)
        self.fit()
        self._be_accessible()

    def fit(self) -> None:
        """No page scrolls sideways; wide tables scroll inside their frame."""
        needed = self.page.evaluate("document.documentElement.scrollWidth")
        assert needed <= self.width, f"{self.path} needs {needed} px of {self.width}"

    def fit_paper(self, width: int) -> None:
        """Nothing is cut off on paper that leaves so many pixels between its margins."""
        self.page.emulate_media(media="print")
        self.page.set_viewport_size({"width": width, "height": HEIGHTS[DESK]})
        needed = self.page.evaluate("document.documentElement.scrollWidth")
        assert needed <= width, f"{self.path} needs {needed} px of {width} on paper"

    def _be_accessible(self) -> None:
        """axe finds nothing.

        Colours, which take it longest and are alike on a phone and a desk, at a desk in
        `make torture`.
        """
        colours = {"color-contrast": {"enabled": IS_TORTURE or self.width <= PHONE}}
        options = {"resultTypes": ["violations"], "preload": False, "rules": colours}
        violations = Axe().run(self.page, options=options).response["violations"]
        found = [
            f"{violation['id']}: {violation['help']}: {node['html'][:160]}"
            for violation in violations
            for node in violation["nodes"][:3]
        ]
        assert not found, f"{self.path} at {self.width} px:\n" + "\n".join(found)


def picture(name: str, width: int) -> Path:
    """Where the screenshot of a page lies."""
    return SCREENSHOTS / f"{name}-{width}.png"
