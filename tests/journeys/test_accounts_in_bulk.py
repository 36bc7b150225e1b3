"""An official prepares the accounts of all leaders at once, leaves, and comes back to the slips."""

import re
from collections.abc import Callable

import pytest

from tests.journeys.traveller import DESK, PHONE, Traveller

PDF = b"%PDF"


@pytest.mark.journey
@pytest.mark.parametrize(("width", "scripts"), [(PHONE, True), (DESK, False)])
def test_accounts_for_all_leaders_of_a_commune(
    open_window: Callable[..., Traveller], width: int, *, scripts: bool
) -> None:
    official = open_window(width, scripts=scripts)
    official.sign_in("xa.02335")
    start(official, scripts=scripts)
    official.page.wait_for_url(re.compile(r"/jobs/\d+$"))
    result = official.main("form[action$='/see'] button")
    result.wait_for(timeout=60_000)  # the page brings itself up to date, with scripts and without
    look(official, "job-finished", scripts=scripts)
    official.go("/teams")
    official.main("form[action$='/see'] button").click()
    official.page.wait_for_url(re.compile(r"/accounts/in-bulk/\d+$"))
    look(official, "accounts-prepared", scripts=scripts)
    address = official.main("a[href$='/print']").get_attribute("href")
    answer = official.page.request.get(f"{official.site}{address}")
    assert answer.body().startswith(PDF)


def start(official: Traveller, *, scripts: bool) -> None:
    """See how many it concerns, and have the slips prepared."""
    official.go("/accounts")
    official.follow(official.main("a[href='/accounts/in-bulk']"))
    look(official, "accounts-in-bulk", scripts=scripts)
    official.main("form[method=post] button").click()


def look(official: Traveller, name: str, *, scripts: bool) -> None:
    """Look at the page where scripts run; axe is one."""
    if scripts:
        official.look(name)
