"""Documents say what the records say, go out on record, and name nobody who may not be named."""

import io
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask

from tcns.audit.models import AuditEvent
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.documents.queries import templates, used_template
from tests.letters.samples import text_in
from tests.page import Visitor
from tests.world import CANARIES, World

Visit = Callable[..., Visitor]
pytestmark = pytest.mark.one_engine


def document(visitor: Visitor, url: str) -> str:
    """The text of the document at an address."""
    return text_in(visitor.get(url).body)


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_a_list_names_the_members_of_the_day_and_no_phone_unless_it_is_asked_for(
    visit: Visit, world: World, form: str
) -> None:
    url = f"/teams/{world.teams['village']}/documents/members?as={form}"
    text = document(visit("own"), url)
    assert [name for name in ("Hoàng Văn Sính", "Nông Thị Hòa", "Lý Thị Mẩy") if name in text]
    assert "Triệu Văn Cũ" not in text, "who left is not listed"
    assert "0912 000 001" not in text
    assert "0912 000 001" in document(visit("own"), f"{url}&phones=y")


@pytest.mark.parametrize(
    "url",
    [
        "/teams/{village}/documents/decision?purpose=reform",
        "/decisions/{decision}/document",
        "/areas/{code}/documents/members",
        "/memberships/{membership}/certificate",
        "/activities/{activity}/minutes",
        "/reports/2025-06/{report}/document",
        "/reports/2025-06/{report}/document?as=pdf",
    ],
)
def test_no_document_names_a_member_s_phone_but_a_list_that_is_asked_for_it(
    visit: Visit, world: World, url: str
) -> None:
    address = url.format(
        village=world.teams["village"],
        decision=world.decisions["commune"],
        code=world.commune.code,
        membership=world.memberships["leader"],
        activity=world.activities["approved"],
        report=world.village_report,
    )
    text = document(visit("own"), address)
    digits = "".join(sign for sign in text if sign.isdigit())
    assert "Hòa An" in text, "it is the document of what is meant"
    assert [phone for phone in ("912000001", "912000002") if phone in digits] == []


def test_a_list_is_vietnamese_whatever_the_pages_speak(visit: Visit, world: World) -> None:
    url = f"/teams/{world.teams['village']}/documents/members"
    assert document(visit("own", language="en"), url).count("Tổ trưởng") == 1


def test_a_commune_s_list_names_all_its_teams_and_none_of_a_neighbour(
    visit: Visit, world: World
) -> None:
    text = document(visit("own"), f"/areas/{world.commune.code}/documents/members?phones=y")
    assert "Ma Văn Đức" in text and "Đặng Văn Ba" in text
    assert [word for word in CANARIES if word in text] == []


def test_what_leaves_is_on_record_with_its_rows_and_counts_towards_the_limit(
    app: Flask, visit: Visit, world: World
) -> None:
    visit("own").get(f"/teams/{world.teams['village']}/documents/members")
    with app.app_context():
        event = db.session.query(AuditEvent).order_by(AuditEvent.id.desc()).first()
        assert event is not None and event.event == Event.LIST_EXPORTED
        told = {value.field: value.new for value in event.values}
    assert told["rows"] == "3"
    assert told["personal_columns"]


def test_a_draft_has_no_number_and_lists_the_members(visit: Visit, world: World) -> None:
    url = f"/teams/{world.teams['village']}/documents/decision?purpose=reform"
    text = document(visit("own"), url)
    assert "DỰ THẢO" in text and "Kiện toàn" in text and "Lý Thị Mẩy" in text


def test_a_decision_on_file_bears_its_number_and_day(visit: Visit, world: World) -> None:
    text = document(visit("own"), f"/decisions/{world.decisions['commune']}/document")
    assert "Số: 12/QĐ-UBND" in text
    assert "DỰ THẢO" not in text


def test_minutes_say_not_recorded_where_nobody_counted(visit: Visit, world: World) -> None:
    text = document(visit("member"), f"/activities/{world.activities['approved']}/minutes")
    assert "Hoàng Văn Sính (tổ trưởng)" in text
    assert "chưa ghi" in text
    assert "Người được hướng dẫn nộp hồ sơ trực tuyến" in text


def test_a_certificate_counts_days_of_approved_sessions_alone(visit: Visit, world: World) -> None:
    url = f"/memberships/{world.memberships['leader']}/certificate?from=2025-06-01&to=2025-06-30"
    text = document(visit("own"), url)
    assert "1 buổi hoạt động đã được duyệt, trong 1 ngày" in text


def test_an_agency_heads_its_documents_as_it_says(visit: Visit, world: World) -> None:
    own = visit("own")
    url = f"/areas/{world.commune.code}/agency"
    assert "Ủy ban nhân dân xã Hòa An" in own.get(url).content
    said: dict[str, Any] = {
        "authority": "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
        "signer_name": "Hoàng Thị Mẫn",
        "helper_phone": "0912 000 009",
    }
    own.get(url).post(url, said)
    text = document(own, f"/teams/{world.teams['village']}/documents/members")
    assert "PHÓ CHỦ TỊCH" in text and "Hoàng Thị Mẫn" in text


def test_two_who_say_it_at_once_see_each_other_s_words(visit: Visit, world: World) -> None:
    url = f"/areas/{world.commune.code}/agency"
    first, second = visit("own").get(url), visit("administrator").get(url)
    first.post(url, {"signer_name": "Người thứ nhất"})
    page = second.post(url, {"signer_name": "Người thứ hai"}, status=HTTPStatus.OK)
    assert "Người thứ hai" in page.content, "what was typed stays"


def test_a_template_is_tried_kept_used_and_left(app: Flask, visit: Visit, world: World) -> None:
    administrator = visit("administrator")
    listing = "/documents/templates"
    usual = administrator.get(f"{listing}/usual").body
    assert usual.startswith(b"PK")
    page = administrator.get(listing).post(listing, {"file": (io.BytesIO(usual), "mau.docx")})
    assert "mau.docx" in page.text
    wrong = {"file": (io.BytesIO(b"%PDF-1.7"), "mau.docx")}
    assert "Đây không phải tệp Word" in page.post(listing, wrong, status=HTTPStatus.OK).text
    with app.app_context():
        newest = templates()[0].id
    assert text_in(administrator.get(f"{listing}/{newest}/sample").body).startswith("DỰ THẢO")
    page = page.post(f"{listing}/use", {"template": str(newest)})
    with app.app_context():
        assert used_template() == usual
    page.post(f"{listing}/{newest}/remove")
    with app.app_context():
        assert used_template() is None


def test_who_helps_stands_at_the_foot_and_where_something_is_missing(
    visit: Visit, world: World
) -> None:
    own, url = visit("own"), f"/areas/{world.commune.code}/agency"
    own.get(url).post(url, {"helper_name": "Nông Quốc Khánh", "helper_phone": "0912 345 678"})
    leader = visit("leader")
    for page in (leader.get("/"), leader.get("/teams/999999", status=HTTPStatus.NOT_FOUND)):
        assert "Nông Quốc Khánh" in page.content and "0912 345 678" in page.content
    assert "Nông Quốc Khánh" not in visit("neighbour").get("/").content
