"""A commune's own list goes in: titles, merged cells, mixed spellings, a row of totals."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.imports.files import workbook
from tests.journeys.traveller import AT_A_DESK, DESK, Traveller

pytestmark = pytest.mark.journey

HEADINGS = ("TT", "Họ và tên", "Năm sinh", "SĐT", "Chức danh", "Thành phần", "Thôn", "Ghi chú")


def commune_list(name: str, village: str) -> bytes:
    """A list as a commune makes it for a village, with two slips of the hand in it."""
    return workbook(
        ["ỦY BAN NHÂN DÂN", None, None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["XÃ HÒA PHÚ"],
        [],
        ["DANH SÁCH THÀNH VIÊN TỔ CÔNG NGHỆ SỐ CỘNG ĐỒNG"],
        [],
        HEADINGS,
        [1, f"Ma Thị {name}", "12/05/1985", 912345671, "thành viên", "Hội LHPN", village],
        [2, f"Bàn Văn  {name}", 1990, "0912.345.672", "TV", "Đoàn thanh niên", None],
        [3, f"Triệu Thị {name}", 85, "0912 345 673", "Thành viên", "giáo viên", None],
        [4, f"La Văn {name}", 1979, "09123", "tv", "Người dân", None],
        [],
        ["Tổng cộng: 4 người"],
        [None, None, None, None, "NGƯỜI LẬP BIỂU"],
        merged=["A4:H4", "G7:G10"],
    )


@AT_A_DESK
def test_a_communes_own_list_goes_in_and_can_be_undone(
    open_window: Callable[..., Traveller], tmp_path: Path, width: int
) -> None:
    traveller, name = open_window(width), "Hai" if width == DESK else "Ba"
    traveller.sign_in("xa.02335")
    village = last_village(traveller)
    (tmp_path / "danh sách.xlsx").write_bytes(commune_list(name, village))

    traveller.go("/imports/new")
    traveller.look("import-upload")
    traveller.page.get_by_label("Thành viên").check()
    traveller.main("input[type=file]").set_input_files(tmp_path / "danh sách.xlsx")
    traveller.follow(traveller.page.get_by_role("button", name="Tải lên"))
    traveller.look("import-columns")
    traveller.follow(traveller.page.get_by_role("button", name="Kiểm tra các dòng"))
    traveller.look("import-asked")
    asked = traveller.main("#questions")
    assert asked.get_by_text("gợi ý", exact=True).count() == 1, "since when is never suggested"
    traveller.page.get_by_text("Trả lời 2 câu hỏi trước khi lưu.").wait_for()
    traveller.follow(traveller.page.get_by_role("button", name="Xác nhận câu 1"))
    traveller.page.get_by_label("Từ ngày thành lập tổ").check()
    traveller.follow(traveller.page.get_by_role("button", name="Xác nhận câu 2"))
    traveller.look("import-checked")
    assert count_of(traveller, "Mới") == 2
    assert count_of(traveller, "Lỗi") == 2
    assert count_of(traveller, "Dòng bỏ qua") == 2

    traveller.page.get_by_label("Năm sinh, dòng 9").fill("1985")
    traveller.follow(traveller.page.get_by_role("button", name="Lưu và kiểm tra lại").first)
    traveller.follow(traveller.page.get_by_role("link", name="Sửa tại đây"))
    traveller.look("import-mend")
    traveller.page.get_by_label("Điện thoại, dòng 10").fill("0912 345 674")
    traveller.follow(traveller.page.get_by_role("button", name="Lưu và kiểm tra lại"))
    assert count_of(traveller, "Mới") == 4

    traveller.follow(traveller.page.get_by_role("link", name="Lưu 4 dòng vào hệ thống …"))
    traveller.look("import-apply")
    traveller.follow(traveller.page.get_by_role("button", name="Lưu vào hệ thống"))
    traveller.page.get_by_text("Đã lưu: 4 dòng mới").wait_for()
    traveller.look("import-applied")
    traveller.go(f"/memberships?q={name}")
    assert traveller.main("tbody tr").count() >= 4

    traveller.page.go_back()
    traveller.follow(traveller.page.get_by_role("link", name="Hoàn tác cả tệp"))
    traveller.look("import-undo")
    traveller.follow(traveller.main("form .btn-danger"))
    traveller.page.get_by_text("Đã hoàn tác").first.wait_for()


def last_village(traveller: Traveller) -> str:
    """A village of the commune that has a team of its own, and none that other journeys merge."""
    traveller.go("/teams?level=village")
    return traveller.main("tbody tr .place").last.inner_text().split("\n")[0].split(",")[0]


def count_of(traveller: Traveller, label: str) -> int:
    """The number above an outcome."""
    figure = traveller.main(".outcomes a").filter(has_text=label).locator("b").first
    return int(figure.inner_text())
