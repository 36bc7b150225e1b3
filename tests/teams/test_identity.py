"""When two entries may mean one person: names and numbers that agree, or nearly."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcns.teams.identity import (
    bare_name,
    is_a_letter_off,
    is_rearranged,
    may_be_elsewhere,
    may_be_in_team,
    name_key,
)
from tcns.teams.members.person_operations import PersonText

PHONE, OTHER_PHONE = "+84912345678", "+84912345679"


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Hòa", "Hoà", True),
        ("NGUYỄN THÚY", "Nguyễn Thuý", True),
        ("Lý Thị Mỹ", "Lí Thị Mĩ", True),
        ("H'Bia Niê", "H’Bia Niê", True),
        ("H`Bia Niê", "HBia Niê", True),
        ("Y-Bia Niê", "Y Bia Niê", True),
        ("Nguyễn Văn A.", "Nguyễn Văn A", True),
        ("Đặng Văn Ba", "Ðặng Văn Ba", True),
        ("Đặng Văn Ba", "Ɖặng Văn Ba", True),
        ("Hòa", "Hóa", False),
        ("Đức", "Dức", False),
        ("Hoan", "Hoàn", False),
    ],
)
def test_a_name_is_the_same_whichever_way_it_is_written(
    one: str, other: str, is_same: bool
) -> None:
    assert (name_key(one) == name_key(other)) is is_same


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


Who = tuple[str, str | None, int | None]
BA: Who = ("Đặng Văn Ba", PHONE, 1990)


@pytest.mark.parametrize(
    ("other", "may_be"),
    [
        (("ĐẶNG VĂN BA", None, None), True),
        (("Dang Van Ba", OTHER_PHONE, 1991), True),
        (("Ðặng Văn Bá", None, None), True),
        (("Đặng Văn Bay", PHONE, None), True),
        (("Đặng Văn Bay", None, 1990), True),
        (("Đặng Ba", None, 1990), True),
        (("Đặng Văn Bay", None, None), False),
        (("Đặng Văn Bay", OTHER_PHONE, 1991), False),
        (("Lý Thị Mẩy", PHONE, 1990), False),
    ],
)
def test_in_one_team_a_name_without_marks_is_enough_and_a_similar_one_needs_phone_or_year(
    other: Who, may_be: bool
) -> None:
    assert may_be_in_team(PersonText(*BA), PersonText(*other)) is may_be


@pytest.mark.parametrize(
    ("other", "may_be"),
    [
        (("Dang van ba", PHONE, None), True),
        (("Đặng Văn Ba", OTHER_PHONE, 1990), False),
        (("Đặng Văn Ba", None, 1990), False),
        (("Đặng Văn Bay", PHONE, 1990), False),
    ],
)
def test_elsewhere_name_and_phone_must_be_the_same(other: Who, may_be: bool) -> None:
    assert may_be_elsewhere(PersonText(*BA), PersonText(*other)) is may_be


NAMES = st.text("aăâbcdđeêhiơuưyHĐÐáàảạỷ ’'-.", min_size=1, max_size=20)
KNOWN = st.builds(
    PersonText,
    NAMES,
    st.sampled_from([None, PHONE, OTHER_PHONE]),
    st.sampled_from([None, 1980, 1990]),
)


@given(KNOWN, KNOWN)
def test_whether_two_entries_may_mean_one_person_does_not_depend_on_their_order(
    one: PersonText, other: PersonText
) -> None:
    assert may_be_in_team(one, other) == may_be_in_team(other, one)
    assert may_be_elsewhere(one, other) == may_be_elsewhere(other, one)
    assert may_be_in_team(one, other) or not may_be_elsewhere(one, other)


@given(NAMES)
def test_case_decomposition_and_apostrophes_never_change_who_is_meant(name: str) -> None:
    for written in (name.upper(), unicodedata.normalize("NFD", name), name.replace("'", "’")):
        assert name_key(written) == name_key(name)
    assert bare_name(bare_name(name)) == bare_name(name)
