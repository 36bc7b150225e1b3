"""Codes of before Unicode: told from Vietnamese, and converted as they show."""

import unicodedata
from collections.abc import Callable

import pytest

from tcns.legacy_encodings import (
    TCVN3,
    VNI_LETTERS,
    VNI_MARKS,
    LegacyCode,
    code_of,
    convert,
    is_mojibake,
)

NAMES = [
    "Nguyễn Văn Hưởng", "Đặng Thị Tuyết", "Bùi Quốc Khánh", "Lê Thị Mỹ Hạnh", "Vũ Đức Thắng",
    "Triệu Phúc Lợi", "Hoàng Thị Nhượng", "Trần Quỳnh Ngọc", "Quách Ỷ Thiên", "Phạm Bằng Giữa",
]  # fmt: skip


def in_vni(text: str) -> str:
    """A text as a VNI font keeps it."""
    letters = {value: key for key, value in VNI_LETTERS.items()}
    marks = {value: key for key, value in VNI_MARKS.items()}
    written = ""
    for letter in text:
        small = letter.lower()
        if small in letters:
            coded = letters[small]
        else:
            base, *found = unicodedata.normalize("NFD", small)
            horn = "\u031b" in found
            base = {"o": "ô", "u": "ö"}[base] if horn else base
            order = sorted(
                (m for m in found if m != "\u031b"), key="\u0302\u0306".find, reverse=True
            )
            coded = base + (marks["".join(order)] if order else "")
        written += coded.upper() if letter.isupper() else coded
    return written


def in_tcvn3(text: str) -> str:
    """A text as a TCVN3 font keeps it."""
    signs = {value: key for key, value in TCVN3.items()}
    return "".join(signs.get(letter) or signs.get(letter.lower(), letter) for letter in text)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("code", "written"), [(LegacyCode.VNI, in_vni), (LegacyCode.TCVN3, in_tcvn3)]
)
def test_a_name_in_an_old_code_is_noticed_and_becomes_what_it_was(
    name: str, code: LegacyCode, written: Callable[[str], str]
) -> None:
    coded = written(name)
    assert code_of(coded) is code, coded
    assert convert(coded, code).casefold() == name.casefold()


@pytest.mark.parametrize(
    "text",
    [*NAMES, "Toàn", "Hoá Hoà Khoẻ", "Thuỳ Thuý", "H'Bia Niê", "Kpă Y Yŏk", "Ngoãn", "Ýt Ỷ", "Páo",
     "Ðặng", "Lò Văn Páo – Hà", "xã Ea Kly", "12/QĐ-UBND", "NGUYỄN VĂN HƯỞNG", ""],
)  # fmt: skip
def test_vietnamese_is_taken_for_no_old_code(text: str) -> None:
    assert code_of(text) is None
    assert not is_mojibake(text)


@pytest.mark.parametrize("name", NAMES)
def test_utf_8_read_as_single_bytes_is_noticed(name: str) -> None:
    assert is_mojibake(name.encode().decode("latin-1"))
