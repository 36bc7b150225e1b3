"""When two persons are suspected to be one, and when two names are only alike."""

import pytest

from tcns.duplicates.matching import Suspect, suspected
from tcns.duplicates.name_matching import is_a_letter_off, is_rearranged, written
from tcns.duplicates.vocabulary import Reason
from tcns.vietnamese import fold

PHONE, OTHER_PHONE = "+84912345678", "+84912345679"


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Hòa", "Hoà", True),
        ("NGUYỄN THÚY", "Nguyễn Thuý", True),
        ("Hòa", "Hóa", False),
        ("Đức", "Dức", False),
        ("Hoan", "Hoàn", False),
    ],
)
def test_a_name_is_written_the_same_wherever_its_tone_stands(
    one: str, other: str, is_same: bool
) -> None:
    assert (written(one) == written(other)) is is_same


@pytest.mark.parametrize(
    ("one", "other", "is_alike"),
    [
        ("nguyen van an", "an nguyen van", True),
        ("nguyen van an", "nguyen an", True),
        ("nguyen thi thu ha", "nguyen thi ha", True),
        ("nguyen van an", "nguyen van an", False),
        ("nguyen van an", "an", False),
        ("nguyen an", "an", False),
        ("nguyen van an", "tran an", False),
        ("nguyen thi thu ha", "nguyen ha", False),
    ],
)
def test_syllables_are_rearranged_or_one_is_missing(one: str, other: str, is_alike: bool) -> None:
    assert is_rearranged(one, other) is is_alike
    assert is_rearranged(other, one) is is_alike


@pytest.mark.parametrize(
    ("one", "other", "is_off"),
    [
        ("nguyen van an", "nguyen van anh", True),
        ("nguyen van an", "nguyn van an", True),
        ("nguyen van an", "nguyen van on", True),
        ("xnguyen van an", "nguyen van an", True),
        ("nguyen van an", "nguyen van an", False),
        ("nguyen van an", "nguyen vna an", False),
        ("nguyen van an", "nguyen van anhh", False),
        ("", "a", True),
    ],
)
def test_one_letter_is_missing_added_or_another(one: str, other: str, is_off: bool) -> None:
    assert is_a_letter_off(one, other) is is_off
    assert is_a_letter_off(other, one) is is_off


def person(ident: int, name: str, phone: str | None = None, year: int | None = None) -> Suspect:
    return Suspect(ident, name, fold(name), phone, year)


CASES = [
    (("Ma Văn An", PHONE), ("Ma Vân Ân", PHONE), [Reason.NAME_AND_PHONE]),
    (("Ma Văn An", None, 1990), ("Mã Văn An", OTHER_PHONE, 1990), [Reason.NAME_AND_YEAR]),
    (("Ma Văn An",), ("Ma Văn An",), [Reason.SIMILAR_NAMES]),
    (("Ma Văn Hòa", PHONE), ("Ma Văn Hoà", None, 1990), [Reason.SIMILAR_NAMES]),
    (("Ma Văn An", PHONE), ("Ma Văn Anh", PHONE, 1990), [Reason.SIMILAR_NAMES]),
    (("Ma Văn An", None, 1990), ("Ma An", PHONE, 1990), [Reason.SIMILAR_NAMES]),
    # Many people share a name, or nearly.
    (("Ma Văn An",), ("Mã Văn An",), []),
    (("Ma Văn An", PHONE), ("Ma Văn An", OTHER_PHONE), []),
    (("Ma Văn An", None, 1990), ("Ma Văn An", None, 1991), []),
    (("Ma Văn An",), ("Ma Văn Anh",), []),
    (("Ma Văn An", PHONE, 1990), ("Ma Văn Anh", PHONE, 1991), []),
    (("Ma Văn An", PHONE, 1990), ("Ma Văn Anh", OTHER_PHONE, 1990), []),
    (("Ma Văn An", PHONE, 1990), ("Lý Thị Bé", PHONE, 1990), []),
]


@pytest.mark.parametrize(("one", "other", "reasons"), CASES)
def test_two_persons_of_a_commune_are_suspected_where_enough_agrees(
    one: tuple[str, str, int], other: tuple[str, str, int], reasons: list[Reason]
) -> None:
    pairs = list(suspected([person(7, *other), person(3, *one)]))
    assert {pair.key for pair in pairs} == ({(3, 7)} if reasons else set())
    assert all(reason in pair.reasons for pair in pairs for reason in reasons)
