"""Vietnamese that an official would not sign, and that was replaced, comes back nowhere."""

import re

import pytest

from tests.conventions.sources import ROOT, TEMPLATES, short

# What is not said, and what is said instead, for whoever writes it again.
RETIRED = {
    r"độ phủ": "tình hình bao phủ",
    r"lượt thành viên": "số lượt tham gia tổ",
    r"tư cách thành viên": "việc tham gia tổ",
    r"ai không được đánh dấu": "người không được đánh dấu",
    r"ngày xem": "tính đến ngày",
    r"theo địa giới ngày": "theo địa giới hành chính tại ngày",
    r"cần hoàn thành": "buổi chưa gửi hoặc bị trả lại",
    r"đối tượng tiếp cận": "số người, số hộ được hướng dẫn",
    r"hộ mới trong năm": "hộ được hướng dẫn lần đầu trong năm",
    r"vào sổ|trong sổ": "vào hệ thống, trong hệ thống",
    r"nhập từ tệp": "nhập dữ liệu từ Excel",
    r"tệp tôi đã nhập": "tệp đã tải lên",
    r"ghép cột của": "ghép cột dữ liệu:",
    r"không phải dòng danh sách": "dòng bỏ qua",
    r"quá trình thay đổi": "lịch sử thay đổi",
    r"quá trình của tổ": "quá trình hoạt động của tổ",
    r"tổ quá nhiều thành viên": "tổ vượt số thành viên quy định",
    r"tổ ít thành viên": "tổ chưa đủ số thành viên quy định",
    r"thôn nào cũng đã có tổ": "100% thôn, tổ dân phố đã có tổ",
    r"không nêu(?! lại)": "chưa xác định",
    r"không qua tài khoản": "không đăng nhập, hệ thống",
    r"kiểm tra viên": "cán bộ kiểm tra, giám sát",
    r"cán bộ xã(?!, phường| (?-i:[A-ZĐ]))": "cán bộ xã, phường; cán bộ xã Hòa Phú",
    r"hủy bản ghi|rút lại": "xóa mục nhập nhầm",
    r"vui lòng nhập mục này": "the field by its name: vui lòng nhập họ và tên",
    r"toàn bộ phạm vi|toàn hệ thống": "the area's name, or toàn tỉnh",
    r"\bbạn\b|anh/chị": "nobody is addressed",
    r"\bhãy\b": "vui lòng",
}
PLACES = (
    *(ROOT / "translations" / "vi").rglob("*.po"),
    *TEMPLATES.rglob("*.html"),
    *TEMPLATES.rglob("*.typ"),
    *(ROOT / "docs").rglob("*.vi.md"),
    *ROOT.glob("*.vi.md"),
)


def retired_in(text: str) -> dict[str, str]:
    """The phrases of a text that are not said, and what is said instead."""
    # A catalogue breaks its lines between quotation marks, a document between words.
    flowing = re.sub(r"\s+", " ", re.sub(r'"\n"', "", text))
    return {
        found[0]: instead
        for phrase, instead in RETIRED.items()
        for found in re.finditer(phrase, flowing, re.IGNORECASE)
    }


def test_no_text_says_what_was_replaced() -> None:
    found = {short(path): retired_in(path.read_text("utf-8")) for path in PLACES}
    assert {name: phrases for name, phrases in found.items() if phrases} == {}


@pytest.mark.parametrize("text", ["Độ phủ của xã", 'msgstr "Độ "\n"phủ"', "Cán bộ\nxã mới"])
def test_a_retired_phrase_is_found(text: str) -> None:
    assert retired_in(text)


@pytest.mark.parametrize("text", ["Cán bộ xã, phường", "Cán bộ xã Hòa Phú", "Văn bản"])
def test_what_is_said_instead_is_not_found(text: str) -> None:
    assert not retired_in(text)
