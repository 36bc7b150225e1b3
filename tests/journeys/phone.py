"""A phone in front of the site: a real browser on a lasting profile, with signal or without."""

import contextlib
import io
import random
from collections.abc import Sequence
from pathlib import Path

from PIL import Image
from playwright.sync_api import BrowserContext, BrowserType, CDPSession, Error, FilePayload, Page

from tests.demonstration import PASSWORD
from tests.journeys.browser import ARGUMENTS
from tests.journeys.traveller import Traveller

SMALL, WIDER, TALL = 360, 390, 780
LEADER, MEMBER = "totruong.02335", "thanhvien.02335"
# A weak line and an old phone, as the browser can play them.
WEAK = {"offline": False, "latency": 150, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
SLOWER = 4
NOTE = "Sân nhà ông Páo"
PATIENCE_MS = 60_000


class OnPhone:
    """A phone with a lasting profile: switched off and on again, it has what it had."""

    def __init__(self, browser: BrowserType, path: str, site: str, profile: Path) -> None:
        self.browser, self.path, self.site, self.profile = browser, path, site, profile
        self.context: BrowserContext
        self.page: Page
        self.devtools: CDPSession | None
        self.switch_on()

    def switch_on(self, *, signal: bool = True) -> None:
        """Start the browser on the profile."""
        self.context = self.browser.launch_persistent_context(
            self.profile,
            executable_path=self.path,
            args=list(ARGUMENTS),
            viewport={"width": SMALL, "height": TALL},
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            has_touch=True,
            reduced_motion="reduce",
        )
        self.page, self.devtools = self.context.pages[0], None
        self.page.set_default_timeout(PATIENCE_MS)
        self.context.set_offline(not signal)

    def switch_off(self) -> None:
        """End the browser in order."""
        self.context.close()

    def kill(self) -> None:
        """End the browser as it stands, as a phone does whose battery is empty."""
        with contextlib.suppress(Error):
            self.context.new_cdp_session(self.page).send("Browser.crash")
        self.context.close()

    def process(self) -> int:
        """The number of the browser's process, which all its others end with."""
        named = f"--user-data-dir={self.profile}".encode()
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                words = path.read_bytes().split(b"\0")
                if named in words and not any(word.startswith(b"--type=") for word in words):
                    return int(path.parent.name)
        raise AssertionError("the browser does not run")

    def signal(self, *, there: bool) -> None:
        """Cut the network for pages and worker, or join it again."""
        self.context.set_offline(not there)
        if self.devtools:
            conditions = WEAK | {"offline": not there}
            self.devtools.send("Network.emulateNetworkConditions", conditions)

    def grow_weak(self) -> None:
        """Have a line of 400 kbps and a processor four times slower, while the browser runs."""
        self.devtools = self.context.new_cdp_session(self.page)
        self.devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        self.devtools.send("Network.enable")
        self.devtools.send("Network.emulateNetworkConditions", WEAK)

    def sign_in(self, user_name: str) -> None:
        """Sign in on one's own phone, and wait for the worker to have what it keeps."""
        self.page.goto(f"{self.site}/sign-in")
        self.page.fill("main input[name=user_name]", user_name)
        self.page.fill("main input[name=password]", PASSWORD)
        self.page.check("main input[name=own_phone]")
        self.page.click("main form button")
        self.page.wait_for_url(f"{self.site}/")
        self.page.evaluate("navigator.serviceWorker.ready.then(() => null)")
        self.page.goto(f"{self.site}/phone")
        self.page.locator("[data-part=log]:visible").wait_for()
        self.page.wait_for_load_state("networkidle")

    def sign_out(self) -> None:
        """Sign out by the button of the menu."""
        self.page.goto(f"{self.site}/")
        self.page.click(".menu-button")
        self.page.click(".menu-account button")
        self.page.wait_for_url(f"{self.site}/sign-in")
        self.page.wait_for_load_state("networkidle")

    def log(self, *, photographs: Sequence[bytes] = (), day: str | None = None) -> None:
        """Fill the form and submit it, with signal or without."""
        self.page.goto(f"{self.site}/phone#log")
        self.page.locator("#log-form:visible").wait_for()
        self.page.fill("#log-form [name=participant_count]", "13")
        if day:
            self.page.click("label[for=day-other]")
            self.page.fill("#log-form [name=other_day]", day)
        self.page.get_by_text("Số giờ, địa điểm, ghi chú").click()
        self.page.fill("#log-form [name=note]", NOTE)
        if photographs:
            files = [
                FilePayload(name="a.jpg", mimeType="image/jpeg", buffer=one) for one in photographs
            ]
            self.page.set_input_files("[name=photographs]", files)
            self.page.locator(".phone-photos li").nth(len(photographs) - 1).wait_for()
        self.send_form()

    def send_form(self) -> None:
        """Check what the form says, and send it."""
        self.page.click("#log-form .entry-buttons button")
        self.page.click("#check button[value=send]")

    def edit(self, **fields: str) -> None:
        """Correct the session that is shown, and send it."""
        self.page.click("[data-part=one] a[href^='#edit=']")
        for name, text in fields.items():
            self.page.fill(f"#log-form [name={name}]", text)
        self.send_form()

    def wait_for(self, state: str) -> None:
        """Wait until the session that is shown is in a state."""
        self.page.locator(f".phone-item[data-state={state}]:visible").first.wait_for()

    def come_home(self) -> None:
        """Open the notebook with signal; sign in again if the sign-in went with the browser."""
        self.page.goto(f"{self.site}/phone")
        sent = self.page.locator(".phone-item[data-state=sent]:visible")
        asks = self.page.locator(
            ".phone-acts a[href='/sign-in']:visible, [data-part=nobody]:visible"
        )
        sent.or_(asks).first.wait_for()
        if not sent.count():
            self.sign_in(LEADER)
        self.wait_for("sent")

    def look(self, name: str, *widths: int) -> None:
        """Find the page accessible and fitting, and keep its picture."""
        for width in widths or (SMALL,):
            self.page.set_viewport_size({"width": width, "height": TALL})
            Traveller(self.page, self.site, width).see(f"phone-{name}")


def large_picture() -> bytes:
    """A photograph of some megabytes."""
    noise = random.Random(7).randbytes(1500 * 1000 * 3)
    held = io.BytesIO()
    Image.frombytes("RGB", (1500, 1000), noise).save(held, "JPEG", quality=95)
    return held.getvalue()
