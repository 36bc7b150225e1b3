"""Several people at the same instant: real threads, each with a connection of its own."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tcns.areas.tree_operations import rebuild_tree
from tcns.areas.vocabulary import Level
from tcns.database import db
from tests.factories import make_area
from tests.page import REDIRECTS, Page, Visitor
from tests.torture import IS_TORTURE

# How often each race is run.
ROUNDS = 50 if IS_TORTURE else 2
Act = Callable[[], Page]
Make = Callable[..., Any]
ROUND = pytest.mark.parametrize("_round", range(ROUNDS))
Opened = Callable[[str], Page]
Visit = Callable[..., Visitor]


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


def count(app: Flask, model: Any, *conditions: Any) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def make_village(commune_id: int) -> int:
    village = make_area(Level.VILLAGE, commune_id, name="Bản Đua")
    rebuild_tree()
    return village


def outcomes(*pages: Page) -> list[str]:
    """Who was led on and who was shown the form again."""
    return sorted("done" if page.status in REDIRECTS else str(page.status.value) for page in pages)
