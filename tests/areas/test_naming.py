"""Names of areas are read in every way people write them, and never guessed where two can be."""

import random
import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcns.areas.known_names import Fit, KnownNames, Match
from tcns.areas.naming import Named, communes_own, new_village, split_code, with_zeros
from tcns.areas.vocabulary import VILLAGE_KINDS, AreaKind
from tcns.vietnamese import fold
from tests.torture import examples

TDP, THON, BAN = AreaKind.TO_DAN_PHO, AreaKind.THON, AreaKind.BAN
TOWN = (
    Named(AreaKind.PHUONG, "Nông Tiến"),
    Named(AreaKind.THANH_PHO, "Tuyên Quang"),
    Named(AreaKind.TINH, "Tuyên Quang"),
)
COMMUNE = (Named(AreaKind.XA, "Hòa An"), Named(AreaKind.HUYEN, "Chiêm Hóa"), TOWN[2])


def known(*villages: Named, above: Sequence[Named] = COMMUNE) -> KnownNames[Named]:
    """The villages of a commune."""
    return KnownNames([(each, each) for each in villages], lambda _village: above)


def names(match: Match[Named]) -> list[str]:
    return sorted(each.full_name for each in match.found)


NUMBERED = known(*(Named(TDP, str(number)) for number in range(1, 16)), above=TOWN)
NAMED = known(
    *(Named(THON, name) for name in ("Nà Tổng", "Nà Tông", "Pù Xá", "Bản Ba", "Phố Mới", "H'Leo")),
    Named(BAN, "Ba"),
    Named(TDP, "Tân Thịnh"),
)


@pytest.mark.parametrize("text", ["Tổ dân phố 1", "TỔ DÂN PHỐ 1", "tổ  dân phố 1", "1"])
def test_a_name_as_it_is_on_file_is_the_same(text: str) -> None:
    assert NUMBERED.find(text) == Match((Named(TDP, "1"),), Fit.SAME)


@pytest.mark.parametrize(
    "text",
    [
        *("tổ dân phố số 1", "TDP 1", "TDP1", "tdp1", "TDP số 01", "TDP 01", "T.D.P 1", "T.D.P. 1"),
        *("t d p 1", "Tổ 1", "Tổ1", "Tổ 01", "Tổ số 1", "Tổ dân phố 001", "Tổ DP 1", "Tổ D.P 1"),
        *("TDP-1", "TDP – 1", "TDP. 1", "TDP: 1", "TDP.1", "Tổ dân phố: 1", "Tổ  1.", '"Tổ 1"'),
        *("01", "1.0", "số 1", "Số 01", "Tổ I", "Tổ dân phố I", "Tổ i", "Tổ dân phố Một"),
        *("Khu 1", "KP 1", "K.P 1", "Khu phố 1", "Khối 1", "Tổ nhân dân 1", "KDC 1"),
        *("Tổ 1, Nông Tiến", "Tổ 1 phường Nông Tiến", "Tổ 1 P. Nông Tiến", "TDP 1 Nông Tiến"),
        *("Tổ dân phố 1 - Nông Tiến", "Tổ 1-Nông Tiến", "Tổ 1 (Nông Tiến)", "Tổ 1 (phường)"),
        *("Tổ 1 - TP Tuyên Quang", "Tổ 1, p. Nông Tiến, TP. Tuyên Quang, tỉnh Tuyên Quang"),
        *("Tổ công nghệ số cộng đồng TDP 1", "Tổ CNSCĐ tổ 1", "\u201cTổ 1\u201d;"),
    ],
)
def test_a_number_is_read_in_every_spelling(text: str) -> None:
    assert NUMBERED.find(text) == Match((Named(TDP, "1"),), Fit.OTHERWISE)


@pytest.mark.parametrize(
    ("text", "number"),
    [("Tổ II", "2"), ("TDP IV", "4"), ("Tổ Mười lăm", "15"), ("Tổ dân phố số 10", "10")],
)
def test_figures_go_by_value(text: str, number: str) -> None:
    assert NUMBERED.find(text).only == Named(TDP, number)


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        ("Thôn 1", Fit.OTHER_KIND),
        ("Thôn II", Fit.OTHER_KIND),
        ("to 1", Fit.WITHOUT_MARKS),
        ("to mot", Fit.OTHER_MARKS),
        ("TỔ VI", Fit.OTHER_MARKS),
    ],
)
def test_what_only_may_be_meant_is_a_guess(text: str, fit: Fit) -> None:
    match = NUMBERED.find(text)
    assert (len(match.found), match.fit, match.fit.is_guess) == (1, fit, True)


@pytest.mark.parametrize(
    "text",
    [
        *("Tổ dân phố 16", "Tổ 1, phường Minh Xuân", "Tổ 1 huyện Chiêm Hóa", "Tổ 1.2", "Tổ 11a"),
        *("Tổ 1 - Tổ 2", "Tổ", "xã 1", "Bảng 1", "Tổ 1 vùng cao"),
    ],
)
def test_what_no_village_is_called_is_unknown(text: str) -> None:
    assert NUMBERED.find(text).found == ()


@pytest.mark.parametrize(
    ("text", "found", "fit"),
    [
        ("Nà Tông", ["Thôn Nà Tông"], Fit.SAME),
        ("Thôn Nà Tổng", ["Thôn Nà Tổng"], Fit.SAME),
        ("Na Tong", ["Thôn Nà Tông", "Thôn Nà Tổng"], Fit.WITHOUT_MARKS),
        ("Nà Tong", ["Thôn Nà Tông", "Thôn Nà Tổng"], Fit.WITHOUT_MARKS),
        ("Nà Tống", ["Thôn Nà Tông", "Thôn Nà Tổng"], Fit.OTHER_MARKS),
        ("pu xa", ["Thôn Pù Xá"], Fit.WITHOUT_MARKS),
        ("Pu Xa, Hòa An", ["Thôn Pù Xá"], Fit.WITHOUT_MARKS),
        ("Pù Xà", ["Thôn Pù Xá"], Fit.OTHER_MARKS),
        ("Bản Pù Xá", ["Thôn Pù Xá"], Fit.OTHER_KIND),
        ("Xóm Pù Xá", ["Thôn Pù Xá"], Fit.OTHERWISE),
        ("T. Pù Xá", ["Thôn Pù Xá"], Fit.OTHERWISE),
        ("Pù-Xá", ["Thôn Pù Xá"], Fit.OTHERWISE),
        ("Thôn Pù Xá xã Hoà An huyện Chiêm Hoá", ["Thôn Pù Xá"], Fit.OTHERWISE),
        ("Bản Ba", ["Bản Ba", "Thôn Bản Ba"], Fit.SAME),
        ("Thôn Bản Ba", ["Thôn Bản Ba"], Fit.SAME),
        ("Tổ nhân dân Tân Thịnh", ["Tổ dân phố Tân Thịnh"], Fit.OTHERWISE),
        ("Khu Phố Mới", ["Thôn Phố Mới"], Fit.OTHER_KIND),
        ("Thôn H\u2019Leo", ["Thôn H'Leo"], Fit.OTHERWISE),
    ],
)
def test_a_name_means_a_village_or_all_that_fit_as_well(
    text: str, found: list[str], fit: Fit
) -> None:
    match = NAMED.find(text)
    assert (names(match), match.fit) == (found, fit)


def test_a_text_without_marks_is_not_the_village_that_has_none() -> None:
    villages = known(Named(THON, "Na Pa"), Named(THON, "Nà Pá"))
    assert names(villages.find("na pa")) == ["Thôn Na Pa", "Thôn Nà Pá"]
    assert names(villages.find("Thôn Na Pa")) == ["Thôn Na Pa"]


def test_the_same_number_of_two_kinds_is_no_guess() -> None:
    villages = known(Named(THON, "1"), Named(TDP, "1"))
    assert names(villages.find("Bản 1")) == ["Thôn 1", "Tổ dân phố 1"]
    assert names(villages.find("1")) == ["Thôn 1", "Tổ dân phố 1"]
    assert villages.find("TDP 1").only == Named(TDP, "1")


def test_names_that_are_near_are_offered_where_none_fits() -> None:
    assert [each.full_name for each in NAMED.find("Nà").near] == ["Thôn Nà Tổng", "Thôn Nà Tông"]
    assert NAMED.find("Khuôn Hà").near == ()


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        *((text, Fit.SAME) for text in ("Phường Nông Tiến", "nông  tiến")),
        *((text, Fit.OTHERWISE) for text in ("P. Nông Tiến", "P.Nông Tiến", "p Nông Tiến")),
        *((text, Fit.OTHERWISE) for text in ("Ph. Nông Tiến", "F. Nông Tiến", "Phường: Nông Tiến")),
        *((text, Fit.OTHERWISE) for text in ("UBND phường Nông Tiến", "Nông Tiến (phường)")),
        ("Ủy ban nhân dân phường Nông Tiến", Fit.OTHERWISE),
        ("Phường Nông Tiến, TP Tuyên Quang", Fit.OTHERWISE),
        ("Nông Tiến - TP. Tuyên Quang", Fit.OTHERWISE),
        ("Phương Nông Tiến", Fit.WITHOUT_MARKS),
        ("phuong nong tien", Fit.WITHOUT_MARKS),
        ("xã Nông Tiến", Fit.OTHER_KIND),
    ],
)
def test_communes_are_read_the_same_way(text: str, fit: Fit) -> None:
    communes = KnownNames([(each, each) for each in TOWN[:1]], lambda _commune: TOWN[1:])
    assert communes.find(text) == Match((TOWN[0],), fit)
    assert communes.find("Nông Tiến, huyện Chiêm Hóa").found == ()


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        *((text, "") for text in ("Tổ cấp xã", "Tổ xã", "Tổ thị trấn", "Cấp xã", "Xã", "to xa")),
        *((text, "") for text in ("Tổ CNSCĐ cấp xã", "Tổ công nghệ số cộng đồng phường")),
        ("Tổ công nghệ số cộng đồng xã Hòa An", "Hòa An"),
        *((text, None) for text in ("Tổ Xá", "Thôn Xã", "Tổ 1", "Xả Hòa")),
    ],
)
def test_words_for_the_communes_own_team(text: str, behind: str | None) -> None:
    assert communes_own(text) == behind


@pytest.mark.parametrize(
    ("text", "code", "rest"),
    [
        ("02335 - Bó Tạo", "02335", "Bó Tạo"),
        ("2335: Thôn Bó Tạo", "2335", "Thôn Bó Tạo"),
        ("02335.03", "02335.03", ""),
        ("2212.0", "2212", ""),
        ("Thôn 12", "", "Thôn 12"),
    ],
)
def test_a_code_stands_before_a_name(text: str, code: str, rest: str) -> None:
    assert split_code(text) == (code, rest)


def test_a_code_gets_back_the_zero_that_a_spreadsheet_ate() -> None:
    assert [with_zeros(code) for code in ("2335", "02335", "2335.03")] == [
        "02335",
        "02335",
        "02335.03",
    ]


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("Thôn Nà Mới", THON, "Nà Mới"),
        ("thon Na Moi", THON, "Na Moi"),
        ("TDP số 05", TDP, "5"),
        ("Tổ 9", TDP, "9"),
        ("Xóm Mới", None, "Xóm Mới"),
        ("Bàn Giang", None, "Bàn Giang"),
        ("Tổ nhân dân Tân Thịnh", TDP, "Tân Thịnh"),
        ("TND 04", TDP, "4"),
    ],
)
def test_a_new_village_gets_the_kind_that_its_word_alone_tells(
    text: str, kind: AreaKind | None, name: str
) -> None:
    assert new_village(text) == (kind, name)


# What the property is tried on: names that differ by tones, numbers, kinds inside names.
SYLLABLES = ("Nà", "Na", "Tổng", "Tong", "Bản", "Làng", "Ba", "Vi", "Khu")
PLAIN = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=2).map(" ".join)
VILLAGES = st.lists(
    st.builds(Named, st.sampled_from(VILLAGE_KINDS), PLAIN | st.integers(1, 12).map(str)),
    min_size=2,
    max_size=16,
    unique_by=lambda village: (village.kind, village.name),
)
WRITTEN_KINDS = {
    TDP: ("Tổ dân phố ", "TDP ", "T.D.P. ", "Tổ ", "Tổ DP ", "KP ", "Khu phố ", "TDP: ", "TDP-"),
    THON: ("Thôn ", "thôn: ", "Xóm ", "Làng ", "T. "),
    BAN: ("Bản ", "bản: ", "Xóm ", "B. "),
}
BEHIND = ("", ", Hòa An", " - xã Hòa An", " (xã Hòa An)", " X. Hòa An, huyện Chiêm Hóa", ".", ";")


def as_roman(number: str) -> str:
    tens, ones = divmod(int(number), 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


def written(village: Named, chance: random.Random) -> str:
    """A village in some spelling that people use."""
    name, lead = village.name, chance.choice(("", *WRITTEN_KINDS[village.kind]))
    if name.isdigit():
        forms = (name, name.zfill(2), f"số {name}", f"số {name.zfill(2)}", as_roman(name))
        name = chance.choice(forms)
    text = f"{lead}{name}{chance.choice(BEHIND)}"
    for change in (str.upper, str.lower, fold, lambda each: unicodedata.normalize("NFD", each)):
        if chance.random() < 0.2:
            text = change(text)
    return text


@settings(max_examples=examples(80), deadline=None)
@given(villages=VILLAGES, seed=st.integers(0, 2**32))
def test_a_village_in_any_spelling_is_never_another_without_a_mark(
    villages: list[Named], seed: int
) -> None:
    """Read to the right one, or refused, or several, or a guess that is marked as one."""
    chance, commune = random.Random(seed), known(*villages)
    for _turn in range(20):
        village = chance.choice(villages)
        match = commune.find(written(village, chance))
        if match.only not in (None, village):
            assert match.fit.is_guess


@settings(max_examples=examples(100), deadline=None)
@given(villages=VILLAGES)
def test_a_village_by_its_full_name_is_among_those_understood(villages: list[Named]) -> None:
    commune = known(*villages)
    for village in villages:
        match = commune.find(village.full_name)
        assert village in match.found
        assert match.fit is Fit.SAME
