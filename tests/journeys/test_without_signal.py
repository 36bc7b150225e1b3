"""The notebook on a phone: logged without signal, cut off at any moment, home once and whole."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, Route

from tests.demonstration import DATABASE
from tests.journeys.phone import LEADER, MEMBER, NOTE, SMALL, WIDER, OnPhone, large_picture

pytestmark = pytest.mark.journey

FULL_PHONE = """
const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (value) {
  if (this.name === "queue") throw new DOMException("no room left", "QuotaExceededError");
  return put.call(this, value);
};
"""
# What a browser says that would put the site on the home screen, and a person who does not want it.
OFFER = """
const offer = new Event("beforeinstallprompt", { cancelable: true });
offer.prompt = async () => ({ outcome: "dismissed" });
dispatchEvent(offer);
"""
IS_KEPT = """
caches.keys().then(async (names) => {
  const caches_ = await Promise.all(names.map((name) => caches.open(name)));
  const answers = (await Promise.all(caches_.map((one) => one.matchAll()))).flat();
  return (await Promise.all(answers.map((answer) => answer.text()))).join("\\n");
})
"""


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
    phone.log(photographs=[large_picture()])
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
    phone.page.evaluate(OFFER)
    phone.page.click("[data-part=install-put]")
    phone.page.locator("[data-part=install-how]:visible").wait_for()
    assert not phone.page.locator("[data-part=install-put]").is_visible(), "it was asked once"
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
