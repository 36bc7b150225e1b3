"""Several people at the same instant: real threads, each with a connection of its own."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from tests.page import Page, Visitor
from tests.torture import IS_TORTURE

# How often each race is run.
ROUNDS = 50 if IS_TORTURE else 2
Act = Callable[[], Page]


def together(*acts: Act) -> list[Page]:
    """What each act answers when all begin at once."""
    barrier = Barrier(len(acts))

    def run(act: Act) -> Page:
        barrier.wait(timeout=30)
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [one.result(timeout=60) for one in [pool.submit(run, act) for act in acts]]


def press(page: Page, url: str, typed: Mapping[str, Any] | None = None) -> Act:
    """The act of sending a form of a page; its answer, wherever it leads."""
    fields = page._fill(page._form(url), typed or {})
    visitor: Visitor = page.visitor
    return lambda: visitor.send(
        "POST", url, data=fields, headers={"Referer": f"https://localhost{page.url}"}
    )
