"""A month's report goes up, is returned, accepted and printed; a correction leaves it as it was."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator

from tests.journeys.reading import fill, number_in
from tests.journeys.traveller import DESK, PHONE, Traveller

pytestmark = pytest.mark.journey

OpenWindow = Callable[..., Traveller]
A_REPORT = re.compile(r"/reports/[\w-]+/(team|area)-\d+$")
REASON = "Nêu rõ vì sao hộ được hướng dẫn giảm"


def test_a_month_goes_up_and_stays_as_it_was_sent(open_window: OpenWindow) -> None:
    leader, official, province = (open_window(width) for width in (PHONE, DESK, DESK))
    leader.sign_in("totruong.02335")
    official.sign_in("xa.02335")
    province.sign_in("tinh")

    team = send_own(leader, "team")
    answer(official, team, "return")
    leader.go(team)
    leader.main(f"text={REASON}").first.wait_for()
    leader.look("report-returned")
    send_again(leader)
    answer(official, team, "accept")

    commune = send_own(official, "area")
    number_and_scan(official)
    answer(province, commune, "accept")
    printed = {kind: print_document(province, kind) for kind in ("PDF", "DOCX")}

    people = number_in(figure(official, commune, "Lượt người").inner_text())
    correct_a_session(official, commune)
    official.go(commune)
    changed = official.main("section").filter(has_text="Thay đổi từ khi gửi").first
    told = changed.inner_text()
    assert "Lượt người" in told and "+5" in told and "Một buổi ghi thiếu người" in told
    assert "nay là" not in told, "on the map that is kept nothing is called otherwise"
    official.look("report-changed-since")
    assert number_in(figure(official, commune, "Lượt người").inner_text()) == people
    province.go(commune)
    province.look("report-accepted")
    assert {kind: print_document(province, kind) for kind in printed} == printed


def main_link(traveller: Traveller, ending: str) -> Locator:
    """A link of the page by how its address ends."""
    return traveller.main(f"a[href$='{ending}']").first


def send_own(traveller: Traveller, kind: str) -> str:
    """From the first page to one's own report of last month, look, write and send; its path."""
    traveller.go("/")
    traveller.follow(traveller.main(f"a[href*='/reports/'][href*='/{kind}-']").first)
    assert A_REPORT.search(traveller.path)
    path = traveller.path
    traveller.look(f"report-{kind}-draft")
    traveller.follow(main_link(traveller, "/words"))
    fill(traveller, "difficulties", "Thôn ở xa, sóng yếu.")
    traveller.look(f"report-{kind}-words")
    traveller.follow(traveller.main("form .form-actions button").first)
    traveller.follow(main_link(traveller, "/send"))
    traveller.look(f"report-{kind}-send")
    traveller.follow(traveller.main("form .form-actions button").first)
    traveller.main("text=Đã gửi báo cáo").first.wait_for()
    traveller.look(f"report-{kind}-sent")
    return path


def send_again(leader: Traveller) -> None:
    """What was asked is read beside the answer, and the report goes again."""
    leader.follow(main_link(leader, "/send"))
    leader.main(f"text={REASON}").first.wait_for()
    fill(leader, "answer", "Đã vào vụ gặt, bà con ít ở nhà.")
    leader.follow(leader.main("form .form-actions button").first)


def answer(traveller: Traveller, path: str, act: str) -> None:
    """Whoever receives a report finds it in the list, and returns or accepts it."""
    traveller.go("/reports")
    traveller.look(f"reports-before-{act}")
    traveller.follow(main_link(traveller, path))
    traveller.follow(main_link(traveller, f"/{act}"))
    if act == "return":
        fill(traveller, "reason", REASON)
    traveller.look(f"report-{act}")
    traveller.follow(traveller.main("form .form-actions button").first)
    assert traveller.path == path


def number_and_scan(official: Traveller) -> None:
    """The signed paper has its number, and its scan is attached."""
    official.follow(main_link(official, "/number"))
    fill(official, "number", "15")
    fill(official, "issued_on", official.page.evaluate("new Date().toISOString().slice(0, 10)"))
    official.look("report-number")
    official.follow(official.main("form .form-actions button").first)
    official.follow(main_link(official, "/scan/attach"))
    signed = {"name": "ky.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF\n"}
    official.main("input[type=file]").set_input_files(files=[signed])
    official.look("report-scan")
    official.follow(official.main("form .form-actions button").first)
    main_link(official, "/scan").wait_for()
    official.look("report-signed")


def print_document(traveller: Traveller, kind: str) -> bytes:
    """The document as it is kept from the report's page."""
    with traveller.page.expect_download() as kept:
        traveller.page.locator(f"a:text-is('{kind}')").first.click()
    return Path(kept.value.path()).read_bytes()


def figure(traveller: Traveller, path: str, label: str) -> Locator:
    """A figure of this period on a report's page."""
    traveller.go(path)
    head = traveller.page.locator(f"th:has-text('{label}')")
    row = traveller.main(".reported tr").filter(has=head)
    return row.first.locator("td").first


def correct_a_session(official: Traveller, report: str) -> None:
    """The closed month is opened again for a reason, and a session of it corrected and approved."""
    month = report.split("/")[2]
    official.go(f"/periods/{month}/02335/reopen")
    fill(official, "reason", "Một buổi ghi thiếu người")
    official.look("report-reopen")
    official.follow(official.main("form .form-actions button").first)
    official.go(report)
    first, last = (
        "-".join(reversed(day.split("/")))
        for day in re.findall(r"\d\d/\d\d/\d{4}", official.main(".lead-note").inner_text())[:2]
    )
    official.go(f"/activities?status=approved&from={first}&to={last}")
    official.follow(official.main("tbody a[href^='/activities/']").first)
    session = official.path
    official.follow(main_link(official, "/return"))
    fill(official, "reason", "Ghi thiếu người")
    official.follow(official.main("form button.btn-primary").first)
    official.go(f"{session}/edit")
    people = official.main("input[name=participant_count]")
    people.fill(str(int(people.input_value()) + 5))
    official.main("button[value=review]:visible").click()
    official.main("button[value=send]").click()
    official.page.wait_for_url(re.compile(r"/activities/\d+$"))
    official.main("button").filter(has_text="Duyệt").first.click()
    official.main("text=Đã duyệt").first.wait_for()
