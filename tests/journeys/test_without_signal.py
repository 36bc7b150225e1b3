"""The notebook on a phone: logged without signal, cut off at any moment, home once and whole."""

import contextlib
import io
import random
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import (
    BrowserContext,
    BrowserType,
    CDPSession,
    Error,
    Page,
    Playwright,
    Route,
)

from tests.demonstration import DATABASE, PASSWORD
from tests.journeys.browser import ARGUMENTS
from tests.journeys.traveller import Traveller

pytestmark = pytest.mark.journey

SMALL, WIDER, TALL = 360, 390, 780
LEADER, MEMBER = "totruong.02335", "thanhvien.02335"
# A weak line and an old phone, as the browser can play them.
WEAK = {"offline": False, "latency": 150, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
SLOWER = 4
NOTE = "Sân nhà ông Páo"
PATIENCE_MS = 60_000
FULL_PHONE = """
const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (value) {
  if (this.name === "queue") throw new DOMException("no room left", "QuotaExceededError");
  return put.call(this, value);
};
"""
IS_KEPT = """
caches.keys().then(async (names) => {
  const caches_ = await Promise.all(names.map((name) => caches.open(name)));
  const answers = (await Promise.all(caches_.map((one) => one.matchAll()))).flat();
  return (await Promise.all(answers.map((answer) => answer.text()))).join("\\n");
})
"""


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

    def log(self, *, photograph: bool = False, day: str | None = None) -> None:
        """Fill the form and submit it, with signal or without."""
        self.page.goto(f"{self.site}/phone#log")
        self.page.locator("#log-form:visible").wait_for()
        self.page.fill("#log-form [name=participant_count]", "13")
        if day:
            self.page.click("label[for=day-other]")
            self.page.fill("#log-form [name=other_day]", day)
        self.page.get_by_text("Số giờ, địa điểm, ghi chú").click()
        self.page.fill("#log-form [name=note]", NOTE)
        if photograph:
            picture = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": large_picture()}
            self.page.set_input_files("[name=photographs]", picture)  # type: ignore[arg-type]
            self.page.locator(".phone-photos li").wait_for()
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


@pytest.fixture
def phone(driver: Playwright, chromium_path: str, site: str, tmp_path: Path) -> Iterator[OnPhone]:
    """A fresh phone."""
    opened = OnPhone(driver.chromium, chromium_path, site, tmp_path / "profile")
    yield opened
    opened.switch_off()


Rows = Callable[[], tuple[int, int]]


@pytest.fixture
def on_file(site: str, instance: Path) -> Rows:
    """`on_file()` counts the sessions and the photographs that have come since the test began."""
    assert site
    query = "SELECT (SELECT count(*) FROM activity), (SELECT count(*) FROM photograph)"

    def count() -> tuple[int, int]:
        with contextlib.closing(sqlite3.connect(instance / DATABASE)) as connection:
            sessions, photographs = connection.execute(query).fetchone()
        return sessions, photographs

    sessions, photographs = count()
    return lambda: (count()[0] - sessions, count()[1] - photographs)


def test_logged_without_signal_reloaded_and_restarted_it_comes_home_once(
    phone: OnPhone, on_file: Rows
) -> None:
    """On a phone four times slower, over 400 kbps."""
    phone.grow_weak()
    phone.sign_in(LEADER)
    phone.page.goto(f"{phone.site}/phone")
    phone.page.locator("[data-part=nothing]:visible").wait_for()
    hint = phone.page.locator("[data-part=install]")
    assert not hint.is_visible(), "not before a session was sent from here"
    phone.signal(there=False)
    phone.page.goto(f"{phone.site}/activities/log")
    phone.page.locator("#log-form:visible").wait_for()
    phone.look("form")
    phone.log(photograph=True)
    phone.wait_for("stored")
    phone.look("stored")
    phone.page.reload()
    phone.wait_for("stored")
    phone.switch_off()
    phone.switch_on(signal=False)
    phone.page.goto(f"{phone.site}/")
    phone.wait_for("stored")
    phone.look("list")
    assert on_file() == (0, 0)
    phone.signal(there=True)
    phone.come_home()
    phone.look("sent")
    assert on_file() == (1, 1)
    phone.page.locator("[data-part=install]:visible").wait_for()
    phone.page.click("[data-act=not-now]")
    phone.page.reload()
    phone.wait_for("sent")
    assert not phone.page.locator("[data-part=install]").is_visible()
    phone.page.locator(".phone-item[data-state=sent]:visible a").first.click()
    phone.page.locator("[data-part=state]:visible").wait_for()
    assert phone.page.locator("main").inner_text().count("Hệ thống đã nhận lúc") == 1


@pytest.mark.parametrize("cut", ["before it arrives", "before it is answered"])
def test_cut_off_while_it_is_sent_and_switched_off_it_comes_home_once(
    phone: OnPhone, on_file: Rows, cut: str
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        if cut == "before it is answered":
            route.fetch()
        held.append(route)

    phone.sign_in(LEADER)
    phone.page.route("**/phone/sessions", hold)
    phone.log()
    phone.wait_for("sending")
    while not held:
        phone.page.wait_for_timeout(50)
    phone.kill()
    assert on_file() == (int(cut == "before it is answered"), 0)
    phone.switch_on()
    phone.come_home()
    assert on_file() == (1, 0)


def test_the_next_user_of_a_phone_sees_and_sends_nothing_of_the_first(
    phone: OnPhone, on_file: Rows
) -> None:
    phone.sign_in(LEADER)
    name = phone.page.evaluate("fetch('/phone/snapshot').then((a) => a.json())")["teams"][0]["name"]
    phone.page.route("**/phone/sessions", lambda route: route.abort())
    phone.log()
    phone.wait_for("stored")
    phone.sign_out()
    phone.page.unroute("**/phone/sessions")
    phone.sign_in(MEMBER)
    phone.page.locator("[data-part=others]:visible").wait_for()
    phone.look("others")
    assert NOTE not in phone.page.content()
    assert phone.page.locator(".phone-item[data-state]").count() == 0
    assert name not in phone.page.evaluate(IS_KEPT)
    assert on_file() == (0, 0)
    phone.sign_out()
    phone.sign_in(LEADER)
    phone.wait_for("sent")
    assert on_file() == (1, 0)


def test_a_new_version_of_the_application_keeps_what_waits(phone: OnPhone, on_file: Rows) -> None:
    """The shell in another language is another version: it is swapped in the same way."""
    phone.sign_in(LEADER)
    phone.page.route("**/phone/sessions", lambda route: route.abort())
    phone.log()
    phone.wait_for("stored")
    phone.page.goto(f"{phone.site}/")
    with phone.page.expect_navigation():
        phone.page.click(".band-tools button[name=language]")
    phone.page.locator("#phone-line[data-state=update]").wait_for()
    phone.look("update")
    with phone.page.expect_navigation():
        phone.page.click("#phone-line a")
    phone.signal(there=False)
    phone.page.goto(f"{phone.site}/phone")
    phone.wait_for("stored")
    assert phone.page.locator("h1").inner_text() == "Waiting on this phone"
    phone.page.unroute("**/phone/sessions")
    phone.signal(there=True)
    phone.wait_for("sent")
    assert on_file() == (1, 0)


def test_two_versions_of_a_session_are_shown_side_by_side_and_one_is_chosen(
    phone: OnPhone, on_file: Rows
) -> None:
    """The first was received, but the answer was lost, and the session corrected meanwhile."""

    lost: list[Route] = []

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        lost.append(route)
        route.abort()

    phone.sign_in(LEADER)
    phone.page.route("**/phone/sessions", lose_the_answer)
    phone.log()
    while not lost:
        phone.page.wait_for_timeout(50)
    phone.wait_for("stored")
    assert on_file() == (1, 0)
    phone.page.unroute("**/phone/sessions")
    phone.edit(participant_count="14")
    phone.wait_for("conflict")
    phone.look("conflict", SMALL, WIDER)
    phone.page.click("[data-part=one] a[href^='#both=']")
    both = phone.page.locator(".phone-both tr.differs")
    both.first.wait_for()
    assert both.locator("td").all_inner_texts() == ["13", "14"]
    phone.look("both", SMALL, WIDER)
    phone.page.click("label[for=keep-mine]")
    phone.page.click("[data-view=both] button")
    phone.wait_for("sent")
    assert on_file() == (1, 0)
    phone.page.click(".phone-item[data-state=sent] a[href^='/activities/']")
    phone.page.locator("dd").get_by_text("14", exact=True).first.wait_for()


def test_a_refused_session_stays_on_the_phone_and_is_taken_once_it_is_corrected(
    phone: OnPhone, on_file: Rows
) -> None:
    phone.sign_in(LEADER)
    phone.log(day="2099-12-02")
    phone.wait_for("refused")
    phone.look("refused", SMALL, WIDER)
    phone.page.click("[data-part=one] a[href^='#edit=']")
    said = phone.page.locator(".field-wrong [data-part=reason]")
    said.first.wait_for()
    assert said.all_inner_texts() == ["Ngày này chưa đến."]
    phone.look("refused-form", SMALL, WIDER)
    assert on_file() == (0, 0)
    phone.page.click("label[for=day-0]")
    phone.send_form()
    phone.wait_for("sent")
    assert on_file() == (1, 0)


def test_a_full_phone_says_that_the_session_is_not_saved_and_keeps_the_form(
    phone: OnPhone, on_file: Rows
) -> None:
    phone.page.add_init_script(FULL_PHONE)
    phone.sign_in(LEADER)
    phone.log()
    phone.page.locator("#phone-line[data-state=full]").wait_for()
    phone.look("full")
    assert phone.page.input_value("#log-form [name=note]") == NOTE
    assert on_file() == (0, 0)
