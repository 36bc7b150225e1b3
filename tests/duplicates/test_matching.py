"""When two persons are suspected to be one."""

import pytest

from tcns.duplicates.matching import Suspect, suspected
from tcns.duplicates.vocabulary import Reason
from tcns.vietnamese import fold

PHONE, OTHER_PHONE = "+84912345678", "+84912345679"


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
