"""Taking a file in is one transaction; a file in twice adds nothing; the whole can be undone."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from tcns.accounts.models import User
from tcns.database import db, writing
from tcns.errors import RuleViolation
from tcns.imports.applying import (
    Checked,
    Decided,
    apply_import,
    carry_out,
    check_import,
    plan_of,
    undo_import,
)
from tcns.imports.headings import find_layout
from tcns.imports.kinds.catalogue import kind_of
from tcns.imports.models import Import, ImportRow
from tcns.imports.operations import Upload, answer_questions, keep_upload
from tcns.imports.vocabulary import ImportStatus
from tcns.spreadsheets.reading import read_sheets
from tcns.teams.models import Membership, Person, Team
from tcns.undo.models import Reversible
from tcns.undo.operations import reverse
from tests.imports.conftest import USUAL, Check, as_csv
from tests.imports.files import DECISION, HOUSEHOLDS, STATISTICS, TEAMS, VILLAGES, everything
from tests.world import World

Official = Callable[[str], User]
TakeIn = Callable[..., None]
MEMBERS = ("Họ và tên", "SĐT", "Chức vụ", "Thôn", "Xã")
FILES: dict[str, list[tuple[str, ...]]] = {
    "members": [
        MEMBERS,
        ("Lò Thị Mới", "0912345678", "", "Đồng Tâm"),
        ("Lò Thị Mới", "0912345678", "", "Nà Đình"),
        ("Lý Thị Mẩy", "0912 111 222", "", "Đồng Tâm"),
        ("Nông Thị Hòa", "", "tổ trưởng", "Đồng Tâm"),
        ("Hoàng Văn Sính", "", "thành viên", "Đồng Tâm"),
    ],
    "teams": [
        TEAMS,
        ("", "Khuôn Trú", "Hòa An", "", *DECISION),
        ("Tổ số Đồng Tâm", "Đồng Tâm", "Hòa An", "30/04/2022"),
    ],
    "villages": [VILLAGES, ("", "Thôn Nà Mới", "Hòa An", ""), ("", "Bản Pom", "Hòa An", "")],
    "households": [HOUSEHOLDS, ("", "Đồng Tâm", "130", "01/01/2025"), ("", "Khuôn Trú", "5", "")],
    "statistics": [
        STATISTICS,
        ("", "Đồng Tâm", "có", "66", "120", "01/01/2025"),
        ("", "Khuôn Trú", "không", "", "", ""),
    ],
    "sessions": [
        (*("Ngày", "Thôn", "Loại hoạt động", "Cách thức", "Nội dung"), "Lượt người", "Hộ"),
        ("12/03/2024", "Đồng Tâm", "Tập huấn", "Trực tiếp", "Thanh toán trực tuyến", "25", "20"),
        ("13/03/2024", "Nà Đình", "Tuyên truyền", "Đến từng nhà", "", "", "12"),
    ],
}


@pytest.mark.parametrize("kind", FILES)
def test_the_same_file_twice_adds_nothing(check_rows: Check, take_in: TakeIn, kind: str) -> None:
    take_in(kind, check_rows(kind, *FILES[kind]))
    again = check_rows(kind, *FILES[kind])
    assert again.counts["same"] == len(FILES[kind]) - 1


@pytest.mark.parametrize("kind", FILES)
def test_undoing_a_file_puts_everything_back(
    check_rows: Check, take_in: TakeIn, official: Official, kind: str
) -> None:
    before = everything()
    take_in(kind, check_rows(kind, *FILES[kind]))
    assert everything() != before
    with writing():
        done = db.session.scalars(select(Reversible).order_by(Reversible.id.desc())).first()
        assert done
        reverse(done, by=official("own"))
    assert everything() == before


def test_what_was_built_upon_is_not_undone(
    check_rows: Check, take_in: TakeIn, official: Official, world: World
) -> None:
    take_in("teams", check_rows("teams", *FILES["teams"]))
    joined = check_rows("members", MEMBERS, ("Lò Văn An", "", "", "Khuôn Trú"))
    query = select(Reversible).order_by(Reversible.id)
    take_in("members", joined)
    before = everything()
    with pytest.raises(RuleViolation), writing():
        reverse(db.session.scalars(query).all()[-2], by=official("own"))
    assert everything() == before


def test_all_rows_or_the_good_ones(check_rows: Check, official: Official) -> None:
    rows = [*FILES["members"], ("Lò Văn Sai", "12", "", "Đồng Tâm")]
    checked = check_rows("members", *rows)
    with pytest.raises(RuleViolation):
        plan_of(checked, Decided())
    assert plan_of(checked, Decided(good_rows=True)).row_count == 6


def prepared(checked: Checked, official: Official) -> Any:
    plan = plan_of(checked, Decided())
    plan.prepare(by=official("own"))
    return plan


def test_what_others_wrote_since_the_check_stops_the_writing(
    check_rows: Check, official: Official, world: World
) -> None:
    checked = check_rows("members", *FILES["members"])
    plan = prepared(checked, official)
    with writing():
        db.session.get_one(Person, world.persons["deputy"]).birth_year = 1977
    before = everything()
    with writing():
        kind = kind_of("members")
        assert not carry_out(kind, None, plan, checked, by=official("own"))
    assert everything() == before


def test_a_right_that_ended_since_the_check_stops_the_writing(
    check_rows: Check, official: Official, world: World
) -> None:
    checked = check_rows("members", *FILES["members"])
    plan = prepared(checked, official)
    with writing():
        official("own").assignments[0].valid_to = date(2025, 1, 1)
    with writing():
        assert not carry_out(kind_of("members"), None, plan, checked, by=official("own"))


@pytest.fixture
def kept(official: Official) -> Callable[..., int]:
    """`kept("members", *rows)` keeps an upload as the page does; its id."""

    def keep(word: str, *rows: Any) -> int:
        kind, content = kind_of(word), as_csv(rows)
        sheets = read_sheets(content, "a.csv")
        upload = Upload("a.csv", content, sheets, find_layout(kind, sheets, {}))
        with writing():
            one = keep_upload(kind, upload, by=official("own"))
            answer_questions(one, USUAL)
            return one.id

    return keep


def test_nothing_of_the_register_is_written_before_taking_in(
    kept: Callable[..., int], world: World
) -> None:
    before = everything()
    import_id = kept("members", *FILES["members"])
    check_import(import_id, world.users["own"])
    assert everything() == before
    one = db.session.get_one(Import, import_id)
    assert (one.state, one.counts["new"], one.counts["changed"]) == (ImportStatus.CHECKED, 2, 3)
    assert len(db.session.scalars(select(ImportRow).filter_by(import_id=import_id)).all()) == 5


def test_a_result_that_holds_no_more_is_shown_anew_and_not_taken_in(
    kept: Callable[..., int], world: World
) -> None:
    import_id = kept("members", *FILES["members"])
    check_import(import_id, world.users["own"])
    with writing():
        team = db.session.get_one(Team, world.teams["hamlet"])
        team.valid_to = date(2022, 6, 1)
    with pytest.raises(RuleViolation):
        apply_import(import_id, world.users["own"], Decided())
    one = db.session.get_one(Import, import_id)
    assert one.counts["error"] == 1
    assert db.session.scalars(select(Person).filter_by(full_name="Lò Thị Mới")).all() == []


def test_what_others_do_elsewhere_does_not_stop_a_file(
    kept: Callable[..., int], world: World
) -> None:
    import_id = kept("members", *FILES["members"])
    check_import(import_id, world.users["own"])
    with writing():
        db.session.get_one(Person, world.persons["neighbour"]).birth_year = 1977
    apply_import(import_id, world.users["own"], Decided())
    assert db.session.get_one(Import, import_id).state is ImportStatus.APPLIED


def test_a_file_is_taken_in_once_and_undone_once(
    kept: Callable[..., int], official: Official, world: World
) -> None:
    import_id = kept("members", *FILES["members"])
    check_import(import_id, world.users["own"])
    apply_import(import_id, world.users["own"], Decided())
    with pytest.raises(RuleViolation):
        apply_import(import_id, world.users["own"], Decided())
    with writing():
        undo_import(db.session.get_one(Import, import_id), by=official("own"))
    assert db.session.get_one(Import, import_id).state is ImportStatus.UNDONE
    assert db.session.get_one(Membership, world.memberships["leader"]).role == "leader"
    with pytest.raises(RuleViolation), writing():
        undo_import(db.session.get_one(Import, import_id), by=official("own"))
