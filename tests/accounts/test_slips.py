"""Activation slips on paper: eight to a page, each with its own name, code and address."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask

from tcns.accounts.forms import LONGEST_NAME, LONGEST_USER_NAME
from tcns.accounts.slips import Slip, slips_as_pdf
from tests.conventions.routes import bare_app
from tests.paper import PrintedSlip, read_sheets

SITE = "Tổ công nghệ số cộng đồng"
ADDRESS = "https://to-cong-nghe-so.tuyenquang.example/activate"
SLIP = Slip(
    full_name="Hoàng Văn Sính",
    place="Thôn Đồng Tâm",
    user_name="hoang.van.sinh1",
    code="ABCDE-FGHJK",
    expires_at=datetime(2025, 6, 30, 3, 5, tzinfo=UTC),
    address=f"{ADDRESS}?user_name=hoang.van.sinh1",
)
# As long as a form lets a name, a user name and an area be.
LONGEST = replace(
    SLIP,
    full_name=("Nguyễn Hoàng Thị Phương Quỳnh " * 5)[:LONGEST_NAME].strip(),
    place="Tổ dân phố " + ("Nguyễn Thị Minh Khai " * 6)[:LONGEST_NAME].strip(),
    user_name=("nguyen.hoang.thi.phuong.quynh" * 2)[:LONGEST_USER_NAME],
)
MARKUP = "#strong[An] $x^2$ *đậm* _nghiêng_ <nhãn> @ai \\ `mã` // hết /* - = + ~ #{1+1}"


@pytest.fixture
def vietnamese() -> Iterator[Flask]:
    """An open request of a Vietnamese visitor."""
    app = bare_app()
    with app.test_request_context(headers={"Cookie": "language=vi"}):
        yield app


def printed(*slips: Slip) -> list[list[PrintedSlip]]:
    """The slips of each page, as they are read from the PDF."""
    return read_sheets(slips_as_pdf(slips, SITE))


def numbered(count: int) -> list[Slip]:
    """Slips of several people."""
    return [
        replace(
            SLIP,
            full_name=f"Người Thứ {number}",
            user_name=f"thu{number}",
            code=f"AAAAA-{number:05}",
            address=f"{ADDRESS}?user_name=thu{number}",
        )
        for number in range(count)
    ]


@pytest.mark.usefixtures("vietnamese")
def test_a_slip_holds_all_that_its_holder_needs() -> None:
    (((slip),),) = printed(SLIP)
    for words in (
        SITE, "Hoàng Văn Sính", "Thôn Đồng Tâm", "Tên đăng nhập hoang.van.sinh1",
        "Mã dùng một lần ABCDE-FGHJK", "đến 30/06/2025 10:05",
        "Chỉ giao phiếu này cho đúng người có tên.",
    ):  # fmt: skip
        assert words in slip.text
    assert ADDRESS in slip.text.replace(" ", ""), "the address may be broken over two lines"


@pytest.mark.usefixtures("vietnamese")
def test_eight_lie_on_a_page_each_with_its_own_code() -> None:
    sheets = printed(*numbered(17))
    assert [len(sheet) for sheet in sheets] == [8, 8, 1]
    for number, slip in enumerate(slip for sheet in sheets for slip in sheet):
        assert f"Người Thứ {number} " in slip.text
        assert f"AAAAA-{number:05}" in slip.text
        assert slip.code == f"{ADDRESS}?user_name=thu{number}"


@pytest.mark.usefixtures("vietnamese")
@pytest.mark.parametrize("slip", [SLIP, LONGEST], ids=["usual", "longest"])
def test_everything_stays_on_its_slip_and_off_the_code(slip: Slip) -> None:
    (sheet,) = printed(*[slip] * 8)
    for one in sheet:
        assert slip.full_name in one.text
        assert slip.place in one.text
        assert slip.user_name in one.text
        assert not any(one.code_box.meets(letter) for letter in one.letters)


@pytest.mark.usefixtures("vietnamese")
def test_a_name_that_cannot_be_broken_stays_on_its_slip() -> None:
    (sheet,) = printed(replace(SLIP, full_name="Ă" * 40), SLIP)
    assert "Ă" * 40 in sheet[0].text


@pytest.mark.usefixtures("vietnamese")
def test_text_with_signs_of_the_typesetter_stays_text() -> None:
    ((slip,),) = printed(replace(SLIP, full_name=MARKUP, place=MARKUP))
    assert slip.text.count(MARKUP) == 2


def test_an_english_visitor_prints_english_slips() -> None:
    with bare_app().test_request_context(headers={"Cookie": "language=en"}):
        ((slip,),) = printed(SLIP)
    assert "One-time code ABCDE-FGHJK" in slip.text
