"""Reading names of areas as people write them: the kind before, the name, what stands behind.

One place knows it, for files, forms and the search: abbreviations of kinds, "số", zeros before a
figure, roman figures, numbers in words, punctuation, the commune behind a village. Nothing here
knows which areas there are; `tcns.areas.known_names` compares with those.
"""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from tcns.areas.kind_words import (
    KIND_PATTERNS,
    LEVELS,
    PLAIN_WORDS,
    SHORT_WORDS,
    WORDS,
    bare_kind,
    kinds_alike,
)
from tcns.areas.vocabulary import AreaKind, Level, full_name_of
from tcns.vietnamese import clean, fold, spelling

NUMBERS = (
    *("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một"),
    *("mười hai", "mười ba", "mười bốn", "mười lăm", "mười sáu", "mười bảy", "mười tám"),
    *("mười chín", "hai mươi"),
)
SPELT_NUMBERS = {spelling(word): str(value) for value, word in enumerate(NUMBERS, start=1)}
FOLDED_NUMBERS = {fold(word): str(value) for value, word in enumerate(NUMBERS, start=1)}
LETTER_AND_FIGURE = re.compile(r"(?<=[^\W\d])(?=\d)")
ROMAN = re.compile(r"(X{0,3})(IX|IV|V?I{0,3})")
ROMAN_VALUES = {"X": 10, "IX": 9, "V": 5, "IV": 4, "I": 1}
# Roman figures that are syllables as well: they are read as figures by guess alone.
SYLLABLES = frozenset({"VI", "XI", "vi", "xi"})
APOSTROPHES = re.compile("['\u2018\u2019\u02bc\u02b9\u2032\u00b4`\uff07]")
DASHES = re.compile("[\u2010-\u2015\u2212]")
AT_THE_ENDS = " .,;:\"\u201c\u201d\u201e\u00ab\u00bb()[]-_/|*'"
BETWEEN = re.compile(r"[\s.,;:()\[\]/|_*\"\u201c\u201d-]+")
OFFICE = re.compile(r"(?:ubnd|uy ban nhan dan|hdnd)\s+")
TEAM = re.compile(
    r"to\s+(?:cnscd|cns|cds|(?:cong nghe|chuyen doi) so)(?:\s+(?:cong dong|cd))?[\s:-]+"
)
COMMUNES_OWN = re.compile(
    r"(?P<to>to\s+)?(?P<cap>cap\s+)?(?P<word>xa|phuong|thi tran|tt|x\.|p\.)(?:\s+|$)"
)
COMMUNE_WORDS = frozenset(map(spelling, ("xã", "phường", "thị trấn")))
CODE = re.compile(r"(\d{4,}(?:\.\d+)?)(?:\s*[-:.]\s*|\s+|$)")
LONGEST_COMMUNE_CODE = 5
GAP = re.compile(r"[\s.:_-]*")
NUMBER_SIGN = re.compile(r"(?:so|no|#)[\s.:]*(?=\d|[ivx]+\b)")


class Named(NamedTuple):
    """What an area is called: its kind, and its name."""

    kind: AreaKind
    name: str

    @property
    def full_name(self) -> str:
        """Kind and name as written in running text: Xã Hòa Phú, Tổ dân phố 5."""
        return full_name_of(self.kind, self.name)


class Reading(NamedTuple):
    """One way to read a text as the name of an area.

    `kinds` are those that the word before the name may mean, none where no word stands there;
    `is_sure` says that it is spelt as it should be, or abbreviated as usual.
    """

    kinds: frozenset[AreaKind]
    is_sure: bool
    name: str
    word: str = ""


class Split(NamedTuple):
    """A text divided: what may be the name of an area, and what may be the areas above it."""

    head: str
    behind: str


def tidy(text: str) -> str:
    """A text with one apostrophe and one dash, without quotes and signs at its ends."""
    plain = APOSTROPHES.sub("'", DASHES.sub("-", clean(text)))
    plain = re.sub(r"(?<=\d)[.,]0$", "", plain.strip(AT_THE_ENDS))
    return clean(plain)


@lru_cache(maxsize=65_536)
def readings(text: str) -> tuple[Reading, ...]:
    """Every way to read a tidy text: as a name alone, and as a kind and a name."""
    found = [Reading(frozenset(), is_sure=True, name=_without_number_sign(text))]
    aligned = _aligned(text)
    for word, pattern in KIND_PATTERNS.items():
        if begins := pattern.match(aligned):
            gap = GAP.match(aligned, begins.end())
            rest = text[gap.end() :] if gap else ""
            if rest and _is_apart(word, gap[0] if gap else "", rest):
                kinds = WORDS.get(word) or SHORT_WORDS[word]
                is_sure = word not in WORDS or _is_spelt(text[: begins.end()], word)
                found.append(Reading(kinds, is_sure, _without_number_sign(rest), word))
    return tuple(found)


def _is_apart(word: str, gap: str, rest: str) -> bool:
    """Whether a word for a kind stands apart from the name: TDP1 and P.Nông, not Bảng or Phú."""
    return bool(gap) or (rest[0].isdigit() and len(word) > 1)


def _is_spelt(written: str, word: str) -> bool:
    """Whether a word was written with its marks; abbreviated it has none."""
    return spelling(written) == spelling(word) or word == "tổ dp"


def _without_number_sign(name: str) -> str:
    """The name without "số" before a figure."""
    found = NUMBER_SIGN.match(_aligned(name))
    return name[found.end() :] if found else name


def _aligned(text: str) -> str:
    """The text folded letter by letter, so that each stands where it stood."""
    return "".join(fold(letter)[:1] or " " for letter in text)


@lru_cache(maxsize=65_536)
def sure_key(name: str) -> str:
    """A name with its marks and figures by value: số 01, 1 and I are the same, Hòa and Hoà too."""
    return _key(name, SYLLABLES)


@lru_cache(maxsize=65_536)
def loose_keys(name: str) -> frozenset[str]:
    """A name without marks, in every way its figures may be meant."""
    folded = {fold(_key(name, but)) for but in (SYLLABLES, frozenset())}
    return frozenset(folded | {FOLDED_NUMBERS[key] for key in folded if key in FOLDED_NUMBERS})


def _key(name: str, no_figures: Container[str]) -> str:
    """The words of a name with their marks, figures by value but for some."""
    words = [word for word in BETWEEN.split(APOSTROPHES.sub("", name)) if word]
    tokens = [token for word in words for token in LETTER_AND_FIGURE.split(word)]
    if tokens and tokens[-1] not in no_figures:
        tokens[-1] = _roman_as_figure(tokens[-1])
    key = spelling(" ".join(str(int(token)) if _is_figure(token) else token for token in tokens))
    return SPELT_NUMBERS.get(key, key)


def _is_figure(token: str) -> bool:
    """Whether a token is written in figures."""
    return token.isascii() and token.isdecimal()


def _roman_as_figure(token: str) -> str:
    """A roman figure up to 39, in capitals or small letters, in ours; anything else as it is."""
    found = ROMAN.fullmatch(token.upper()) if token.isupper() or token.islower() else None
    if not found or not found[0]:
        return token
    signs = re.findall("IX|IV|X|V|I", found[0])
    return str(sum(ROMAN_VALUES[sign] for sign in signs))


def splits(text: str) -> Iterator[Split]:
    """Every way to divide a tidy text in a name and what stands behind; the undivided one first."""
    yield Split(text, "")
    for gap in reversed(list(re.finditer(r"\s*[,;/|(-]\s*|\s+", text))):
        head, behind = tidy(text[: gap.start()]), tidy(text[gap.end() :])
        if head and behind:
            yield Split(head, behind)


def is_called(text: str, area: Named) -> bool:
    """Whether a text may name an area, marks aside; what it says of the kind must be of a level."""
    keys = loose_keys(area.name)
    return any(
        (not reading.kinds or not reading.kinds.isdisjoint(kinds_alike(area.kind)))
        and loose_keys(reading.name) & keys
        for reading in readings(text)
    )


def are_above(text: str, above: Sequence[Named], kinds: Iterable[AreaKind] = ()) -> bool:
    """Whether a text names nothing but areas of those above, from below upwards.

    `kinds` are what it may say as bare words: Nông Tiến (phường).
    """
    text = tidy(text)
    if not text:
        return True
    allowed = {*kinds, *(area.kind for area in above)}
    for split in splits(text):
        if bare_kind(split.head) & allowed and are_above(split.behind, above):
            return True
        for place, area in enumerate(above):
            if is_called(split.head, area) and are_above(split.behind, above[place + 1 :]):
                return True
    return False


def without_office(text: str) -> str:
    """A tidy text without the office or the team that stands before an area: UBND xã Hòa Phú."""
    plain = tidy(text)
    for pattern in (OFFICE, TEAM):
        if found := pattern.match(_aligned(plain)):
            plain = plain[found.end() :]
    return plain


def is_unmarked(text: str) -> bool:
    """Whether a text was written without any marks, as on a plain keyboard."""
    return fold(text) == clean(text).casefold()


def may_hold_figure(text: str) -> bool:
    """Whether a word of a text may be a roman figure as well as a name: Thôn VI, not Thôn Vi."""
    return not SYLLABLES.isdisjoint(BETWEEN.split(text))


def communes_own(text: str) -> str | None:
    """What stands behind words that mean a commune itself (Tổ cấp xã, Tổ thị trấn, Xã), "" for
    nothing; None where a text says nothing of the kind."""
    plain = tidy(text)
    short = without_office(plain)
    found = COMMUNES_OWN.match(_aligned(short))
    if found is None:
        return None
    written = short[found.start("word") : found.end("word")]
    if not is_unmarked(written) and spelling(written) not in COMMUNE_WORDS:
        return None
    return short[found.end() :]


def split_code(text: str) -> tuple[str, str]:
    """The code that a text begins with, and the rest: "02335 - Bó Tạo"; without one, all of it."""
    plain = tidy(text)
    found = CODE.match(plain)
    return (found[1], plain[found.end() :]) if found else ("", plain)


def is_commune_code(code: str) -> bool:
    """Whether a code is short enough to be a commune's; those of villages are longer."""
    return code.isascii() and code.isdecimal() and len(code) <= LONGEST_COMMUNE_CODE


def with_zeros(code: str) -> str:
    """A code of an area with the zero in front that spreadsheets eat: 2335.03 is 02335.03."""
    whole, dot, rest = code.removesuffix(".0").partition(".")
    return f"{whole.zfill(LONGEST_COMMUNE_CODE)}{dot}{rest}" if len(whole) > 3 else code


def kinds_written(text: str) -> frozenset[Level]:
    """The levels of the areas that a text may name by a word for its kind, written with its marks
    or in a text that has none; a name such as Bàn Văn An says none."""
    plain = without_office(text)
    kinds = {
        kind
        for reading in readings(plain)[1:]
        if reading.is_sure or is_unmarked(plain)
        for kind in reading.kinds
    }
    return frozenset(level for level, known in LEVELS.items() if kinds & known)


def new_village(text: str) -> tuple[AreaKind | None, str]:
    """The kind of a village that is written with it, None where no word alone tells it; and its
    name, a number without zeros."""
    plain = tidy(text)
    for reading in readings(plain)[1:]:
        kind = PLAIN_WORDS.get(reading.word)
        if kind and (reading.is_sure or is_unmarked(plain[: len(plain) - len(reading.name)])):
            return kind, number_or_name(reading.name)
    return None, number_or_name(readings(plain)[0].name)


def number_or_name(name: str) -> str:
    """A name; one in figures alone without zeros in front."""
    return str(int(name)) if _is_figure(name) else name


def repeated_kind(name: str) -> str | None:
    """The number of a name that is but a kind and a number (TDP 05), where the kind stands apart;
    None for any other name."""
    numbers = [each.name for each in readings(tidy(name))[1:] if _is_figure(each.name)]
    return number_or_name(numbers[0]) if numbers else None
