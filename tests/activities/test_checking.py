"""The short way, what is filled in as last time, and the page that shows a session before it is
submitted."""

from http import HTTPStatus

import pytest
from flask import Flask

from tests.activities.entering import (
    LOG,
    Visit,
    count_of,
    edit_url,
    events_on,
    newest,
    row_of,
)
from tests.databases import fingerprint
from tests.page import Page
from tests.world import World

pytestmark = pytest.mark.one_engine
OK = HTTPStatus.OK
REACHED = {"participant_count": "12", "household_count": "3"}


def shown(page: Page) -> str:
    """What the page says will be stored."""
    return page.text.partition("Nội dung sẽ gửi")[2] or page.text


def test_what_is_shown_is_what_is_stored_and_showing_stores_nothing(
    visit: Visit, app: Flask
) -> None:
    page, before = visit("member").get(LOG), fingerprint(app)
    typed = {**REACHED, "women_count": "0", "note": "Nhà văn hóa\nbuổi tối", "action": "review"}
    checked = page.post(typed=typed, status=OK)
    assert fingerprint(app) == before
    for words in ("Lượt người12", "Nữ: 0", "Người cao tuổi: chưa ghi", "Hướng dẫn trực tiếp",
                  "Nhà văn hóa buổi tối", "Lý Thị Mẩy"):  # fmt: skip
        assert words in checked.text
    checked.post(typed={"action": "send"})
    row = row_of(app, newest(app))
    assert (row["participant_count"], row["women_count"], row["elderly_count"]) == (12, 0, None)
    assert row["note"] == "Nhà văn hóa\nbuổi tối"


def test_from_there_one_goes_back_with_everything_typed_or_keeps_a_draft(
    visit: Visit, app: Flask
) -> None:
    page, before = visit("member").get(LOG), count_of(app)
    checked = page.post(typed={**REACHED, "venue": "Nhà văn hóa", "action": "review"}, status=OK)
    again = checked.post(typed={"action": "edit"}, status=OK)
    assert again.heading == "Ghi buổi hoạt động"
    assert 'value="Nhà văn hóa"' in again.body.decode()
    assert count_of(app) == before
    checked.post(typed={"action": "draft"})
    assert row_of(app, newest(app))["status"] == "draft"


def test_what_is_wrong_is_said_on_the_form_before_anything_is_shown(visit: Visit) -> None:
    page = visit("member").get(f"{LOG}?like=nothing").post(typed={"action": "review"}, status=OK)
    assert page.heading == "Ghi buổi hoạt động"
    for words in ("chọn loại hoạt động", "chọn cách thức", "số lượt người hoặc số hộ"):
        assert words in page.text


def test_a_session_like_another_is_asked_about_and_an_answer_is_needed(
    visit: Visit, app: Flask
) -> None:
    visitor, before = visit("member"), count_of(app)
    first = visitor.get(LOG).post(typed=REACHED)
    checked = visitor.get(LOG).post(typed={**REACHED, "action": "review"}, status=OK)
    assert "Buổi này có thể đã được ghi" in checked.text
    assert checked.body.count(b'name="twin"') == checked.body.count(b'name="twin" type="radio"')
    asked = checked.post(typed={"action": "send"}, status=OK)
    assert "twin" in asked.body.decode().partition("error-summary")[2]
    assert count_of(app) == before + 1
    assert checked.post(typed={"action": "send", "twin": "same"}).url == first.url
    assert count_of(app) == before + 1, "it is the same session"
    checked.post(typed={"action": "send", "twin": "another"})
    assert count_of(app) == before + 2


def test_the_short_way_asks_for_the_numbers_and_marks_what_it_filled_in(
    visit: Visit, app: Flask
) -> None:
    page = visit("member").get("/").click("Ghi như lần trước Hướng dẫn trực tiếp, trực tiếp")
    assert page.url == f"{LOG}?like=last"
    assert "Như lần trước (" in page.text
    page.post(typed={**REACHED, "action": "review"}, status=OK).post(typed={"action": "send"})
    assert row_of(app, newest(app))["kind"] == "guidance"


@pytest.mark.parametrize("way", [LOG, f"{LOG}?like=last"])
def test_without_script_one_press_clears_and_loses_nothing_typed(visit: Visit, way: str) -> None:
    page = visit("member").get(way)
    assert b'class="as-before-mark"' in page.body
    cleared = page.post(typed={**REACHED, "action": "clear-kind"}, status=OK)
    assert b'data-clears="kind"' not in cleared.body
    assert b'data-clears="form"' in cleared.body
    empty = cleared.post(typed={"action": "clear"}, status=OK)
    source = empty.body.decode()
    assert "as-before" not in source
    assert 'value="12"' in source
    assert not any(c.get("checked") for c in empty.tree.iter("input") if c.get("name") == "kind")


def test_a_form_without_anything_filled_in_has_no_marks(visit: Visit, world: World) -> None:
    for address in (f"{LOG}?like=nothing", f"{LOG}?like=' OR 1=1 --"):
        page = visit("member").get(address)
        assert (b"as-before-mark" in page.body) == (address != f"{LOG}?like=nothing")
    assert b"as-before" not in visit("own").get(f"{LOG}?team={world.teams['hamlet']}").body


def test_what_waits_for_review_is_corrected_through_the_same_page_and_goes_on_waiting(
    visit: Visit, app: Flask, world: World
) -> None:
    activity = world.activities["submitted"]
    page = visit("leader").get(edit_url(activity))
    assert b'value="draft"' not in page.body
    checked = page.post(typed={"participant_count": "31", "action": "review"}, status=OK)
    assert "Lượt người31" in checked.text
    assert b'value="draft"' not in checked.body
    checked.post(typed={"action": "send"})
    row = row_of(app, activity)
    assert (row["status"], row["participant_count"]) == ("submitted", 31)
    assert events_on(app, activity) == ["activity:corrected"]
