"""Photographs on their way home, cut off at every moment: each is there once, as it was drawn."""

import contextlib
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Error, Playwright

from tests.journeys.cutting import DOWN, FULL, MOMENTS, STORED, UP, MortalSite, mortal_site
from tests.journeys.homecoming import PATIENCE_SECONDS, Homecoming
from tests.journeys.phone import LEADER, OnPhone

pytestmark = pytest.mark.journey

PAUSE_MS = 2000
HALF_WAY = 20_000  # bytes of a photograph of some 100,000
ROUNDS = 100  # of the long form, each at a byte of its own
LONGEST = {UP: 60_000, DOWN: 600}


@pytest.fixture
def site(chromium_path: str, tmp_path: Path) -> Iterator[MortalSite]:
    """A site of this test's own."""
    assert chromium_path
    with mortal_site(tmp_path / "instance") as opened:
        yield opened


@pytest.fixture
def story(
    driver: Playwright, chromium_path: str, site: MortalSite, tmp_path: Path
) -> Iterator[Homecoming]:
    """A leader's phone in front of it."""
    phone = OnPhone(driver.chromium, chromium_path, site.address, tmp_path / "profile")
    phone.sign_in(LEADER)
    yield Homecoming(phone, site)
    phone.switch_off()


def test_two_photographs_come_home_once_through_all_that_befalls_phone_line_and_site(
    story: Homecoming,
) -> None:
    """One after the other: the site dies with the file stored and no row, its disk is full, the
    line breaks in the middle of the body, then before the answer, the sign-in ends, the browser
    dies."""
    phone, site = story.phone, story.site
    phone.page.clock.install()
    phone.signal(there=False)
    story.log()
    phone.wait_for("stored")
    phone.page.clock.fast_forward(PAUSE_MS)  # a draft of what was sent would be kept by now
    site.befall(STORED)
    phone.signal(there=True)
    story.open()
    site.process.wait(PATIENCE_SECONDS)
    phone.wait_for("stored")
    assert story.waiting() == 2
    phone.page.locator("#phone-line[data-state=photos]").wait_for()

    site.start()
    site.befall(FULL)
    story.open()
    phone.wait_for("waiting")
    assert story.waiting() == 2

    site.free()
    site.line.at(1, HALF_WAY)
    phone.page.click("[data-act=send]")
    phone.wait_for("stored")
    assert story.waiting() == 2

    site.line.join()
    site.line.at(1, 0, way=DOWN)
    story.open()
    assert site.line.struck.wait(PATIENCE_SECONDS)
    phone.wait_for("stored")
    assert (story.waiting(), len(story.photographs())) == (2, 1)

    site.line.join()
    site.line.at(2, HALF_WAY, story.end_sign_ins, breaks=False)
    story.open()
    phone.page.locator(".phone-acts a[href='/sign-in']:visible").wait_for()
    assert story.waiting() == 1

    site.line.at(1, HALF_WAY, story.kill_browser, breaks=False)
    with contextlib.suppress(Error):
        phone.sign_in(LEADER)
    assert site.line.struck.wait(PATIENCE_SECONDS)
    story.recover()
    story.check_all_home()


Fault = tuple[int, int, Callable[[], None], str]


def certain(story: Homecoming) -> list[Fault]:
    """Of each photograph each moment of the site, its full disk, and the end of the sign-in."""

    def befall(fault: str) -> Callable[[], None]:
        return lambda: story.site.befall(fault)

    acts = [*map(befall, (*MOMENTS, FULL)), story.end_sign_ins]
    return [(number, 100, act, UP) for number in (1, 2) for act in acts]


def chance(story: Homecoming, chosen: random.Random) -> list[Fault]:
    """The site, the browser or the line, ended at any byte of what is sent or answered."""
    acts = [story.site.kill, story.kill_browser, story.site.line.cut]
    ways = [chosen.choice([UP, DOWN]) for _round in range(ROUNDS)]
    return [
        (chosen.choice([1, 2]), chosen.randrange(LONGEST[way]), chosen.choice(acts), way)
        for way in ways
    ]


@pytest.mark.long
def test_ended_at_any_byte_and_any_moment_every_photograph_comes_home_once(
    story: Homecoming,
) -> None:
    struck = 0
    faults = certain(story) + chance(story, random.Random(20250401))
    for number, after, act, way in faults:
        story.site.line.at(number, after, act, way=way, breaks=False)
        with contextlib.suppress(Error):
            story.log()
            story.phone.page.wait_for_timeout(500)
        struck += story.site.line.struck.wait(PATIENCE_SECONDS)
        story.recover()
    assert struck == len(faults)
    story.check_all_home()
