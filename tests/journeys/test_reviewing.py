"""An official works the queue of review with the keyboard alone."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

import pytest

from tests.journeys.traveller import DESK, Traveller

pytestmark = pytest.mark.journey

OpenWindow = Callable[..., Traveller]
QUEUE = "/activities/review"
# The fields of the form on a page, as a browser would send them.
FIELDS = """html => {
  const page = new DOMParser().parseFromString(html, 'text/html')
  return [...new FormData(page.querySelector('[name=participant_count]').form)]
}"""


def log_six(traveller: Traveller, address: str) -> None:
    """Log six sessions of a team today, each sent as its form would be."""
    asked = traveller.page.context.request
    for number in range(11, 17):
        url = traveller.site + address
        fields = traveller.page.evaluate(FIELDS, asked.get(url).text())
        counts = {"participant_count": str(number), "household_count": str(number - 8)}
        kept = [tuple(pair) for pair in fields if pair[0] not in (*counts, "twin", "action")]
        sent = [*kept, *counts.items(), ("twin", "another"), ("action", "send")]
        headers = {
            "Referer": url, "Content-Type": "application/x-www-form-urlencoded",
            "Origin": traveller.site,
        }  # fmt: skip
        answer = asked.post(url, data=urlencode(sent), headers=headers)
        assert answer.ok, answer.status


def key(traveller: Traveller, *keys: str) -> None:
    """Press keys of which the last one leads to a page."""
    for one in keys[:-1]:
        traveller.page.keyboard.press(one)
    with traveller.page.expect_navigation():
        traveller.page.keyboard.press(keys[-1])
    if urlsplit(traveller.page.url).path == QUEUE:
        traveller.main("#queue[data-ready]").wait_for()


def count(traveller: Traveller, selector: str) -> int:
    """How many rows of the queue are such."""
    return traveller.main(f".queue-row{selector}").count()


def test_a_queue_is_worked_with_keys_alone(open_window: OpenWindow) -> None:
    official = open_window(DESK)
    official.sign_in("xa.02335")
    official.go("/activities/log")
    team = official.main("select[name=team] option[value]:not([value=''])").nth(3)
    log_six(official, f"/activities/log?team={team.get_attribute('value')}&like=last")
    official.go(QUEUE)
    official.main("#queue[data-ready]").wait_for()
    assert count(official, "") >= 6
    official.look("queue")
    before = count(official, "[data-decided]")  # by other journeys, a moment ago
    keyboard = official.page.keyboard
    # The first row is flagged: Y opens it, and approves it only then.
    assert official.main(".queue-row:focus[data-flagged]").count() == 1
    key(official, "y", "y")
    assert count(official, "[data-decided]") == before + 1
    key(official, "h")
    assert count(official, "[data-decided]") == before
    # Returned with a reason; what is typed there are letters, and no keys.
    keyboard.press("t")
    keyboard.type("Thiếu ảnh, y t m h")
    key(official, "Control+Enter")
    assert count(official, "[data-decided]") == before + 1
    # Two marked are approved together.
    keyboard.press("m")
    keyboard.press("ArrowDown")
    keyboard.press("m")
    assert official.main("#marked-count").inner_text() == "2"
    key(official, "Control+Enter")
    official.look("queue-bulk")
    key(official, "Enter")
    assert count(official, "[data-decided]") == before + 3
