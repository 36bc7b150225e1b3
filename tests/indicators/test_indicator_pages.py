"""The province adds an indicator, names it otherwise and ends it; sessions follow at once."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask

from tcns.activities.entry.queries import indicators_on
from tcns.clock import today
from tests.page import Visitor
from tests.world import World

Visit = Callable[..., Visitor]
pytestmark = pytest.mark.one_engine
NEW: dict[str, Any] = {
    "name_vi": "Người được hướng dẫn học trên nền tảng MOOC",
    "name_en": "People guided in open online courses",
    "topic": "local_platforms",
    "unit": "person",
    "stage": "guided",
    "direction": "more",
    "first_day": "2026-01-15",
}
LABEL = "People guided in open online courses"


def add(visit: Visit, **differs: object) -> None:
    visit("administrator", language="en").get("/indicators/add").post(typed={**NEW, **differs})


def test_what_the_province_adds_stands_on_the_form_at_once(visit: Visit, world: World) -> None:
    add(visit)
    add(visit, name_vi="Sau", name_en="To come", first_day="2099-01-01")
    form = visit("own", language="en").get(f"/activities/log?team={world.teams['village']}")
    assert LABEL in form.text
    assert "To come" not in form.text


def test_a_code_is_made_of_the_name_and_never_twice(visit: Visit) -> None:
    add(visit)
    add(visit, name_vi="Người được hướng dẫn học trên nền tảng MOOC!", name_en="Others")
    text = visit("administrator", language="en").get("/indicators").text
    assert "nguoi_duoc_huong_dan_hoc_tren_ne" in text
    assert "nguoi_duoc_huong_dan_hoc_tren_ne_2" in text


@pytest.mark.parametrize(
    ("differs", "field"),
    [
        ({"code": "dvc-huong-dan"}, "code"),
        ({"code": "9"}, "code"),
        ({"name_vi": "Nguoi duoc huong dan nop ho so truc tuyen"}, "name_vi"),
        ({"name_en": ""}, "name_en"),
        ({"unit": ""}, "unit"),
        ({"last_day": "2026-01-14"}, "last_day"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    visit: Visit, world: World, differs: dict[str, object], field: str
) -> None:
    page = visit("administrator", language="en").get("/indicators/add")
    refused = page.post(typed={**NEW, **differs}, status=HTTPStatus.OK)
    assert field in refused.field_errors


def test_a_name_is_corrected_and_what_is_counted_stays(visit: Visit, world: World) -> None:
    administrator = visit("administrator", language="en")
    page = administrator.get(f"/indicators/{world.indicator}/correct")
    page.post(typed={"name_en": "People guided in applying", "direction": "less"})
    text = administrator.get("/indicators").text
    assert "People guided in applying" in text
    assert "Less is better" in text


def test_an_ended_one_is_asked_for_up_to_its_last_day(
    visit: Visit, world: World, app: Flask
) -> None:
    page = visit("administrator", language="en").get(f"/indicators/{world.indicator}/end")
    early = page.post(typed={"last_day": "2025-01-01"}, status=HTTPStatus.OK)
    assert "last_day" in early.field_errors
    last = today() + timedelta(days=3)
    early.post(typed={"last_day": last.isoformat()})
    with app.test_request_context():
        asked = [[one.id for one in indicators_on(day)] for day in (last, last + timedelta(days=1))]
    assert asked == [[world.indicator], []]


def test_the_form_asks_by_skill_whenever_something_was_added(
    visit: Visit, world: World, app: Flask
) -> None:
    """The world's own one is of the first skill and stays in front."""
    add(visit, topic="payment")
    add(visit, topic="public_services", name_vi="Khác", name_en="Another")
    with app.test_request_context(headers={"Cookie": "language=en"}):
        labels = [one.label for one in indicators_on(today())]
    assert labels[1:] == ["Another", LABEL]
