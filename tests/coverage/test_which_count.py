"""Pages say which sessions count, and count them so, as the province has set it."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from tests.page import Visitor

pytestmark = pytest.mark.one_engine
Visit = Callable[..., Visitor]
JUNE = "from=2025-06-01&to=2025-06-30"
SHOWN = "measure=activity_count&measure=pending_activity_count"


@pytest.mark.parametrize(
    ("counts_pending", "words", "rule"),
    [
        (True, "Đã gửi hoặc đã duyệt", "Số buổi đã gửi và đã duyệt"),
        (False, "Đã duyệt", "buổi chờ duyệt chưa tính"),
    ],
)
def test_a_list_counts_what_its_figure_counts_and_both_say_which(
    app: Flask, visit: Visit, counts_pending: bool, words: str, rule: str
) -> None:
    app.config["TCNS"] = replace(app.config["TCNS"], counts_pending=counts_pending)
    own = visit("own")
    listed = {
        status: number_of(own, f"/activities?{JUNE}&status={status}")
        for status in ("counted", "approved", "submitted")
    }
    pending = listed["submitted"] if counts_pending else 0
    assert listed["submitted"] > 0
    assert listed["counted"] == listed["approved"] + pending
    page = own.get(f"/coverage?{JUNE}&{SHOWN}&on=2025-06-30")
    assert rule in page.text
    total = re.search(r"Tổng(?: cộng)?\D*(\d+)\D+(\d+)", page.text)
    assert total, page.text
    assert (int(total[1]), int(total[2])) == (listed["counted"], listed["submitted"])
    option = re.search(r'value="counted"[^>]*>([^<]+)<', own.get("/activities").body.decode())
    assert option and option[1] == words


def number_of(own: Visitor, url: str) -> int:
    """How many sessions a list has."""
    found = re.search(r"(\d+) buổi", own.get(url).text)
    return int(found[1]) if found else 0
