"""Phone numbers as people write them."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcns.errors import RuleViolation
from tcns.i18n import format_phone
from tcns.phones import mask_phone, parse_phone
from tests.conventions.routes import bare_app


@pytest.fixture(autouse=True)
def vietnamese() -> Iterator[None]:
    """Messages in Vietnamese."""
    with bare_app().test_request_context():
        yield


@pytest.mark.parametrize(
    "written",
    [
        "0912345678", "0912 345 678", "0912.345.678", "0912-345-678", "091 234 5678",
        "+84912345678", "+84 912 345 678", "84912345678", "84 912 345 678", "+84 (0) 912 345 678",
        " 0912345678 ", "(0912) 345678", "0912\u00a0345\u00a0678", "０９１２３４５６７８",
    ],
)  # fmt: skip
def test_a_mobile_number_is_understood_however_it_is_written(written: str) -> None:
    assert parse_phone(written) == "+84912345678"


def test_a_number_of_an_office_and_one_from_abroad_are_understood() -> None:
    assert parse_phone("0207 3822 345") == "+842073822345"
    assert parse_phone("+856 20 5555 1234") == "+8562055551234"


@pytest.mark.parametrize("written", ["", "   ", None])
def test_no_number_is_none(written: str | None) -> None:
    assert parse_phone(written) is None


@pytest.mark.parametrize(
    "written",
    [
        "091234567", "912345678", "91 234 5678", "09123456789", "0012345678",
        "0112345678", "12", "an", "0912 345 67x", "--", "+84", "²12345678",
        "+8491234567", "9" * 40, "0912345678, 0987654321", "+1 111",
    ],
)  # fmt: skip
def test_what_is_no_number_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(RuleViolation) as broken:
        parse_phone(written)
    assert broken.value.field == "phone"
    assert "0912 345 678" in str(broken.value.message)


@pytest.mark.parametrize("number", ["+84578658522", "+84739315792", "+84912345678"])
def test_what_is_on_file_is_understood_again_as_it_is_shown(number: str) -> None:
    """Even where nobody has been given the range yet, as in the demonstration."""
    assert parse_phone(format_phone(number)) == number


numbers = st.from_regex(r"\+84[35789]\d{8}|\+856205\d{7}", fullmatch=True)
around = st.text(alphabet="0123456789 +.-()•\u00a0", max_size=12)


@given(phone=numbers, before=around, after=around)
def test_a_masked_number_is_never_read_as_one_whatever_stands_around_it(
    phone: str, before: str, after: str
) -> None:
    with bare_app().test_request_context(), pytest.raises(RuleViolation):
        parse_phone(before + mask_phone(phone) + after)


@given(phone=numbers)
def test_a_masked_number_keeps_its_last_three_digits_alone(phone: str) -> None:
    digits = [sign for sign in mask_phone(phone) if sign.isdigit()]
    assert "".join(digits) == phone[-3:]
