"""Logging a session with a thumb: few taps, fitting keypads, room for each finger."""

import re
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator

from tests.journeys.traveller import NARROW, PHONE, SMALL, Traveller
from tests.torture import IS_TORTURE

pytestmark = pytest.mark.journey

OpenWindow = Callable[..., Traveller]
MOST_TAPS, MOST_SECONDS = 8, 60
# What a practised thumb needs (Card, Moran and Newell's keystroke-level model, rounded up): to
# find and hit a spot, and to type a digit.
SECONDS_A_TAP, SECONDS_A_KEY = 2.5, 0.5
FINGER = 44
KEYPADS = {
    "participant_count": "numeric", "women_count": "numeric", "minority_count": "numeric",
    "elderly_count": "numeric", "household_count": "numeric", "new_household_count": "numeric",
    "hours": "decimal", "amount_": "numeric",
}  # fmt: skip

# Whatever is pressed by itself: a link within a sentence or a fact is none, nor is what a button
# opens unseen, and of a box to tick the words beside it count.
TOO_SMALL = """least => [...document.querySelectorAll(
    'main :is(a, button, input, select, textarea, summary), .band-tools :is(button, a)'
  )].filter(one => one.checkVisibility() && one.type !== 'hidden'
    && !one.closest('dd, p, [aria-hidden]'))
  .map(one => {
    const words = one.labels && /checkbox|radio/.test(one.type) ? one.labels[0] : one
    const box = words.getBoundingClientRect()
    return [words.innerText || one.name, Math.round(box.width), Math.round(box.height)]
  }).filter(([_words, width, height]) => width < least || height < least)"""


class Thumb:
    """A thumb on a page, which counts what it does."""

    def __init__(self, traveller: Traveller) -> None:
        self.traveller = traveller
        self.taps = self.keys = 0

    def tap(self, where: str) -> Locator:
        """Tap on something in the main part of the page."""
        self.taps += 1
        found = self.traveller.main(where).first
        found.click()
        return found

    def type_here(self, name: str, text: str) -> None:
        """Type into the field where the page stands, without a tap."""
        assert self.traveller.page.evaluate("document.activeElement.name") == name
        self.traveller.page.keyboard.type(text)
        self.keys += len(text)

    def type(self, where: str, text: str) -> None:
        """Tap on a field and type."""
        self.tap(where).press_sequentially(text)
        self.keys += len(text)


def leader(
    open_window: OpenWindow, width: int = PHONE, user_name: str = "totruong.02335"
) -> Traveller:
    """The leader of a village's team, signed in on a phone."""
    traveller = open_window(width, touch=True)
    traveller.sign_in(user_name)
    return traveller


def wait_until_sent(traveller: Traveller) -> Locator:
    """Be told that the session is sent; the link that leads to it."""
    traveller.main("[data-part=state][data-state=sent]").wait_for()
    return traveller.main("[data-part=one] a[href^='/activities/']")


def test_the_usual_session_is_logged_with_few_taps_in_a_minute(
    open_window: OpenWindow, leaders: Iterator[str]
) -> None:
    traveller = leader(open_window, user_name=next(leaders))
    thumb, began = Thumb(traveller), time.monotonic()
    thumb.tap("a.log-button")
    thumb.type("[name=participant_count]", "12")
    thumb.type("[name=women_count]", "7")
    thumb.type("[name=household_count]", "9")
    thumb.tap("button[value=review]:visible")
    thumb.tap("button[value=send]")
    wait_until_sent(traveller)
    waited = time.monotonic() - began
    seconds = waited + thumb.taps * SECONDS_A_TAP + thumb.keys * SECONDS_A_KEY
    print(f"{thumb.taps} taps, {thumb.keys} keys, {waited:.1f} s waited, {seconds:.0f} s in all")
    assert thumb.taps <= MOST_TAPS
    assert seconds <= MOST_SECONDS


def test_a_session_like_the_last_takes_four_taps_and_two_numbers(
    open_window: OpenWindow, leaders: Iterator[str]
) -> None:
    """The first number is typed where the page already stands."""
    traveller = leader(open_window, SMALL, next(leaders))
    thumb = Thumb(traveller)
    thumb.tap(".btn-last-time")
    traveller.look("log-short-way")
    thumb.type_here("participant_count", "13")
    thumb.type("[name=household_count]", "8")
    thumb.tap("button[value=review]:visible")
    traveller.look("log-check")
    thumb.tap("button[value=send]")
    wait_until_sent(traveller)
    traveller.look("log-sent")
    print(f"{thumb.taps} taps, {thumb.keys} keys")
    assert (thumb.taps, thumb.keys) == (4, 3)


def test_what_is_filled_in_is_cleared_in_place(open_window: OpenWindow) -> None:
    traveller = leader(open_window)
    traveller.go("/activities/log")
    thumb = Thumb(traveller)
    thumb.type("[name=participant_count]", "12")
    marks = traveller.main(".as-before-mark")
    before = marks.count()
    assert before >= 2
    thumb.tap("[data-clears=kind].as-before-mark")
    assert (traveller.main("[name=kind]:checked").count(), marks.count()) == (0, before - 1)
    thumb.tap("[data-clears=all] button")
    assert (traveller.main(".tiles :checked").count(), marks.count()) == (0, 0)
    assert traveller.main("[name=participant_count]").input_value() == "12"
    assert traveller.path == "/activities/log"


def test_the_page_that_logs_is_light(open_window: OpenWindow) -> None:
    """At the first visit with all it loads, and later by itself; bytes as they travel."""
    traveller = leader(open_window, SMALL)
    window = traveller.page.context.new_cdp_session(traveller.page)
    addresses: dict[str, str] = {}
    travelled: dict[str, int] = {}
    window.on(
        "Network.requestWillBeSent",
        lambda one: addresses.update({one["requestId"]: one["request"]["url"]}),
    )
    window.on(
        "Network.loadingFinished",
        lambda one: travelled.update({one["requestId"]: one["encodedDataLength"]}),
    )
    window.send("Network.enable")
    traveller.page.wait_for_load_state("networkidle")  # what the page before still asks for
    # What comes through the notebook's worker is counted as nothing.
    window.send("Network.setBypassServiceWorker", {"bypass": True})
    for is_first, most_bytes, most_requests in ((True, 100_000, 8), (False, 25_000, 8)):
        window.send("Network.setCacheDisabled", {"cacheDisabled": is_first})
        addresses.clear()
        travelled.clear()
        traveller.go("/activities/log")
        traveller.page.wait_for_load_state("networkidle")
        sent = [key for key, url in addresses.items() if url.startswith(traveller.site)]
        weight = sum(travelled.get(key, 0) for key in sent)
        print(f"{len(sent)} requests, {weight} bytes")
        assert 0 < weight <= most_bytes
        assert len(sent) <= most_requests, [addresses[key] for key in sent]


def test_yesterday_s_session_takes_one_tap_more(
    open_window: OpenWindow, leaders: Iterator[str]
) -> None:
    traveller = leader(open_window, user_name=next(leaders))
    thumb = Thumb(traveller)
    thumb.tap("a.log-button")
    thumb.tap(".choices label:nth-of-type(2)")
    thumb.type("[name=participant_count]", "12")
    thumb.tap("button[value=review]:visible")
    thumb.tap("button[value=send]")
    session = wait_until_sent(traveller)
    assert thumb.taps <= MOST_TAPS
    traveller.follow(session)
    assert traveller.main("dd").filter(has_text=re.compile(r"\d\d/\d\d/\d{4}")).count()


def test_numbers_are_typed_on_a_number_pad(open_window: OpenWindow) -> None:
    traveller = leader(open_window)
    traveller.go("/activities/log")
    found = {
        re.sub(r"\d+$", "", control.get_attribute("name") or ""): control.get_attribute("inputmode")
        for control in traveller.main("form.entry input[inputmode]").all()
    }
    assert found == KEYPADS


@pytest.mark.parametrize("width", [PHONE, NARROW])
def test_every_page_of_a_member_has_room_for_a_finger_and_fits(
    open_window: OpenWindow, width: int
) -> None:
    traveller = leader(open_window, width)
    traveller.follow(traveller.main("li a[href^='/activities/']").first)
    session = traveller.path
    traveller.go("/")
    traveller.follow(traveller.main("h2 a").first)
    pages = {
        "home": "/",
        "log": "/activities/log",
        "session": session,
        "edit": f"{session}/edit",
        "delete": f"{session}/delete",
        "session-history": f"{session}/history",
        "list": "/activities?status=all",
        "team": traveller.path,
        "account": "/account",
    }
    for name, path in pages.items():
        traveller.go(path)
        for folded in traveller.main("details > summary").all():
            folded.click()
        small = traveller.page.evaluate(TOO_SMALL, FINGER)
        assert not small, f"{path} at {width} px: {small}"
        if IS_TORTURE or width == PHONE:
            traveller.look(f"member-{name}")
        else:
            traveller.fit()
