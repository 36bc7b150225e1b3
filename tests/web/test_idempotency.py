"""A form sent again under its key is done once; with other content it is a conflict."""

from collections.abc import Callable
from http import HTTPStatus

import pytest
from flask import Flask
from sqlalchemy import func, select

from tcns.activities.content import digest_of
from tcns.activities.models import Activity
from tcns.database import db
from tests.activities.entering import text
from tests.page import Visitor
from tests.world import World

Visit = Callable[..., Visitor]
LOG = "/activities/log"


def count(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Activity)) or 0


def test_the_same_form_again_is_done_once_and_leads_where_it_led(app: Flask, visit: Visit) -> None:
    page, before = visit("member", language="en").get(LOG), count(app)
    first = page.post(typed={"participant_count": "12"})
    again = page.post(typed={"participant_count": "12"})
    assert (first.url, count(app)) == (again.url, before + 1)


def test_the_same_key_with_other_content_saves_nothing_and_keeps_what_was_typed(
    app: Flask, visit: Visit
) -> None:
    page, before = visit("member", language="en").get(LOG), count(app)
    first = page.post(typed={"participant_count": "12"})
    other = page.post(typed={"participant_count": "21"}, status=HTTPStatus.OK)
    assert "saved before, with other content" in other.text
    assert other.links["Look at what was saved before"] == first.url
    assert b'value="21"' in other.body
    assert count(app) == before + 1


def test_whoever_typed_it_decides_and_may_save_it_as_well(app: Flask, visit: Visit) -> None:
    page, before = visit("member", language="en").get(LOG), count(app)
    first = page.post(typed={"participant_count": "12"})
    second = page.post(typed={"participant_count": "21"}, status=HTTPStatus.OK).post()
    assert second.url != first.url
    assert count(app) == before + 2


def test_what_differs_between_two_sendings_of_one_form_is_no_other_content(
    app: Flask, visit: Visit, world: World
) -> None:
    """A page that lay open while one signed in anew has another token."""
    visitor = visit("member", language="en")
    page, before = visitor.get(LOG), count(app)
    page.post(typed={"participant_count": "12"})
    visitor.get(LOG)
    again = page.post(typed={"participant_count": "12", "csrf_token": visitor.token()})
    assert again.status is HTTPStatus.OK
    assert count(app) == before + 1


def test_a_session_of_a_device_is_the_same_by_its_content() -> None:
    assert digest_of(text(topics=("a", "b"))) == digest_of(text(topics=("b", "a")))
    assert digest_of(text()) != digest_of(text(participant_count=11))
    assert digest_of(text(women_count=0)) != digest_of(text(women_count=None))


@pytest.mark.parametrize("changed", ["name", "first_day"])
def test_every_form_keeps_what_is_typed_under_a_key_used_before(
    visit: Visit, world: World, changed: str
) -> None:
    page = visit("own", language="en").get(f"/teams/{world.teams['village']}/correct")
    page.post(typed={"name": "Tổ thứ nhất"})
    typed = {
        "name": "Tổ thứ nhất",
        changed: {"name": "Tổ thứ hai", "first_day": "2022-05-02"}[changed],
    }
    other = page.post(typed=typed, status=HTTPStatus.OK)
    assert typed[changed] in other.body.decode()
