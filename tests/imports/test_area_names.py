"""Areas in files, in every way people write them: understood, marked, or refused with the cell."""

from typing import Any

import pytest

from tcns.areas.tree_operations import rebuild_tree
from tcns.areas.vocabulary import AreaKind, Level
from tcns.imports.vocabulary import Mark, Outcome, ProblemKind
from tests.factories import make_area
from tests.imports.conftest import USUAL, Check
from tests.imports.files import VILLAGES
from tests.world import World

HEADINGS = ("Họ và tên", "Mã", "Thôn", "Xã", "Huyện", "Chức vụ", "Từ ngày")
REST = ("Thành viên", "01/06/2022")


def found(check_rows: Check, *cells: str, persona: str = "administrator") -> Any:
    """What is found of somebody in an area: code, village, commune, district."""
    row = ("Lò Thị Mới", *cells, *("" for _each in range(4 - len(cells))), *REST)
    (finding,) = check_rows("members", HEADINGS, row, persona=persona).findings
    return finding


def marks(finding: Any) -> dict[str, Mark]:
    return {note.column: note.mark for note in finding.notes}


TDP = "Thị trấn Na Sầm / Tổ dân phố 1"


@pytest.mark.parametrize(
    ("cells", "area", "column", "mark"),
    [
        (("", "TDP số 01", "Na Sầm"), TDP, "village", Mark.REWRITTEN),
        (("", "Tổ 1, TT. Na Sầm", "Na Sầm"), TDP, "village", Mark.REWRITTEN),
        (("", "1", "Na Sầm"), TDP, "village", Mark.REWRITTEN),
        (("", "Thôn 1", "Na Sầm"), TDP, "village", Mark.GUESSED),
        (("", "Tổ 1 thị trấn Na Sầm", ""), TDP, "village", Mark.REWRITTEN),
        (("", "02401 - Tổ 1", ""), TDP, "village", Mark.REWRITTEN),
        (("", "Tổ dân phố 1", "2401"), TDP, "commune", Mark.REWRITTEN),
        (("", "Tổ dân phố 1", "UBND thị trấn Na Sầm"), TDP, "commune", Mark.REWRITTEN),
        (("", "Tổ dân phố 1", "Na Sầm, huyện Hạ Lang"), TDP, "commune", Mark.REWRITTEN),
        (("", "dong tam", "Hòa An"), "Xã Hòa An / Thôn Đồng Tâm", "village", Mark.GUESSED),
    ],
)
def test_an_area_is_understood_and_the_cell_marked(
    check_rows: Check, cells: tuple[str, ...], area: str, column: str, mark: Mark
) -> None:
    finding = found(check_rows, *cells)
    assert (finding.outcome, finding.understood["area"]) == (Outcome.NEW, area)
    assert marks(finding) == {column: mark}


def test_a_commune_code_beside_a_village_means_the_village(check_rows: Check) -> None:
    for code in ("02301", "2301"):
        finding = found(check_rows, code, "Thôn Đồng Tâm", "Xã Hòa An")
        assert finding.understood["area"] == "Xã Hòa An / Thôn Đồng Tâm"
        assert not finding.notes


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        (("02301", "Thôn Lạ"), "village"),
        (("02301", "Đồng Tâm", "Hòa Bình"), "commune"),
        (("", "Đồng Tâm", "Hòa An", "Hạ Lang"), "district"),
        (("02301", "Đồng Tâm", "", "Hạ Lang"), "district"),
        (("", "Đồng Tâm, xã Hòa Bình", "Hòa An"), "village"),
        (("", "02302 - Đồng Tâm", "Hòa An"), "village"),
        (("", "02301", "Hòa An"), "village"),
    ],
)
def test_what_contradicts_or_is_unknown_is_an_error_at_its_cell(
    check_rows: Check, cells: tuple[str, ...], column: str
) -> None:
    finding = found(check_rows, *cells)
    assert finding.outcome is Outcome.ERROR
    assert [problem.column for problem in finding.problems] == [column]


def test_the_code_of_another_village_contradicts(check_rows: Check, world: World) -> None:
    (problem,) = found(check_rows, world.village.code, "Nà Đình").problems
    assert (problem.column, problem.kind) == ("village", ProblemKind.CONFLICT)


def test_a_blank_village_below_others_is_asked_about_beside_a_commune_code(
    check_rows: Check,
) -> None:
    rows = [("Lò Thị Mới", "02301", "Đồng Tâm", *REST), ("Lò Văn Hai", "02301", "", *REST)]
    headings = ("Họ và tên", "Mã xã", "Thôn", "Chức vụ", "Từ ngày")
    checked = check_rows("members", headings, *rows, answers={})
    assert [finding.outcome for finding in checked.findings] == [Outcome.NEW, Outcome.QUESTION]
    same = check_rows("members", headings, *rows, answers={"blank_village": "above"})
    assert [finding.understood["area"] for finding in same.findings] == [
        "Xã Hòa An / Thôn Đồng Tâm"
    ] * 2


def test_a_file_with_commune_codes_and_no_villages_is_asked_in_which_team_they_are(
    check_rows: Check,
) -> None:
    rows = (("Họ và tên", "Mã xã", "Chức vụ", "Từ ngày"), ("Lò Thị Mới", "02301", *REST))
    (waiting,) = check_rows("members", *rows, answers={}).findings
    assert (waiting.outcome, waiting.waits) == (Outcome.QUESTION, ["no_village"])
    (told,) = check_rows("members", *rows, answers=USUAL).findings
    assert told.understood["area"] == "Xã Hòa An"


@pytest.mark.parametrize("village", ["Tổ cấp xã", "Tổ xã", "Xã", "Tổ CNSCĐ xã Hòa An"])
def test_the_communes_own_team_is_named_among_villages(check_rows: Check, village: str) -> None:
    finding = found(check_rows, "", village, persona="own")
    assert (finding.understood["area"], marks(finding)) == (
        "Xã Hòa An",
        {"village": Mark.REWRITTEN},
    )


def test_one_commune_in_scope_need_not_be_named(check_rows: Check) -> None:
    assert found(check_rows, "", "Đồng Tâm", persona="own").outcome is Outcome.NEW
    (problem,) = found(check_rows, "", "Đồng Tâm").problems
    assert (problem.column, problem.kind) == ("commune", ProblemKind.MISSING)


def test_villages_that_differ_by_tone_are_never_mixed_up(check_rows: Check, world: World) -> None:
    for number, name in enumerate(("Nà Tổng", "Nà Tông")):
        make_area(Level.VILLAGE, world.commune.id, code=f"02301.9{number}", name=name)
    rebuild_tree()
    rows = [("", village, "Hòa An") for village in ("Thôn Nà Tổng", "Nà Tông", "Nà Tong")]
    both = ["Thôn Nà Tổng", "Thôn Nà Tông"]
    outcomes = [each.outcome for each in check_rows("villages", VILLAGES, *rows).findings]
    assert outcomes == [Outcome.SAME, Outcome.SAME, Outcome.ERROR]
    (problem,) = found(check_rows, "", "na tong", "Hòa An").problems
    assert problem.column == "village"
    assert all(name in problem.message for name in both)


def test_new_villages_that_differ_by_tone_are_two(check_rows: Check) -> None:
    rows = [("", f"Thôn {name}", "Hòa An") for name in ("Nà Tổng", "Nà Tông", "Đồng Tấm")]
    assert check_rows("villages", VILLAGES, *rows).counts["new"] == 3


def test_a_village_on_file_is_no_new_one_in_another_spelling(
    check_rows: Check, world: World
) -> None:
    make_area(Level.VILLAGE, world.commune.id, code="02301.91", name="1", kind=AreaKind.TO_DAN_PHO)
    rebuild_tree()
    rows = [("", "TDP số 01", "Hòa An"), ("", "dong tam", "Hòa An"), ("", "Tổ 02", "Hòa An")]
    same, guessed, new = check_rows("villages", VILLAGES, *rows).findings
    assert (same.outcome, marks(same)) == (Outcome.SAME, {"village": Mark.REWRITTEN})
    assert (guessed.outcome, marks(guessed)) == (Outcome.SAME, {"village": Mark.GUESSED})
    assert (new.outcome, new.understood["name"]) == (Outcome.NEW, "2")


def test_sections_name_areas_by_their_kinds(check_rows: Check) -> None:
    rows = [
        ("I. Huyện Thượng Lâm", ""),
        ("1. UBND xã Hòa An", ""),
        ("Thôn Đồng Tâm", "120"),
        ("Bàn Văn An", ""),
        ("Bản Nà Đình", "80"),
    ]
    answers = {"sections": "area"}
    checked = check_rows(
        "households", ("Thôn", "Số hộ"), *rows, persona="administrator", answers=answers
    )
    taken = [finding for finding in checked.findings if finding.understood]
    assert [finding.understood["commune"] for finding in taken] == ["Xã Hòa An"] * 2
