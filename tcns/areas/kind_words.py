"""The words and abbreviations by which people write the kinds of areas, and what each may mean."""

import re

from tcns.areas.vocabulary import AreaKind, Level
from tcns.vietnamese import fold

# By Circular 04/2012/TT-BNV thôn stands for làng, bản and xóm as well, tổ dân phố for khu phố.
URBAN = frozenset({AreaKind.TO_DAN_PHO})
RURAL = frozenset({AreaKind.THON, AreaKind.BAN})
# The words for a kind: what each may mean.
WORDS = {
    **dict.fromkeys(("tổ dân phố", "tổ nhân dân", "tổ dp", "khu phố", "khối phố"), URBAN),
    **dict.fromkeys(("khu dân cư", "tiểu khu", "khu", "khối", "khóm", "tổ"), URBAN),
    **dict.fromkeys(("xóm", "làng", "ấp"), RURAL),
    **{kind.value: frozenset({kind}) for kind in AreaKind},
}
# Their abbreviations, letter by letter with or without dots.
SHORT_WORDS = {
    **dict.fromkeys(("tdp", "tnd", "kp", "kdc"), URBAN),
    **dict.fromkeys(("ph", "p", "f"), frozenset({AreaKind.PHUONG})),
    "tt": frozenset({AreaKind.THI_TRAN}),
    "tp": frozenset({AreaKind.THANH_PHO}),
    "th": frozenset({AreaKind.THON}),
    "t": frozenset({AreaKind.THON, AreaKind.TO_DAN_PHO}),
    "x": frozenset({AreaKind.XA}) | RURAL,
    "h": frozenset({AreaKind.HUYEN}),
    "b": frozenset({AreaKind.BAN}),
}
LEVELS = {
    Level.VILLAGE: RURAL | URBAN,
    Level.COMMUNE: frozenset({AreaKind.XA, AreaKind.PHUONG, AreaKind.THI_TRAN}),
    Level.DISTRICT: frozenset({AreaKind.HUYEN, AreaKind.THANH_PHO}),
    Level.PROVINCE: frozenset({AreaKind.TINH}),
}
# The kinds of new villages that a word alone tells.
PLAIN_WORDS = {
    **{kind.value: kind for kind in (AreaKind.THON, AreaKind.BAN, AreaKind.TO_DAN_PHO)},
    **dict.fromkeys(("tổ", "tổ nhân dân", "tổ dp", "tdp", "tnd"), AreaKind.TO_DAN_PHO),
}


def _joined(letters: str) -> str:
    """The pattern of an abbreviation, with or without dots and spaces between its letters."""
    return (r"\.?\s?" if len(letters) > 2 else r"\.?").join(letters)


KIND_PATTERNS = {
    **{word: re.compile(re.escape(fold(word)).replace(r"\ ", r"\s+")) for word in WORDS},
    **{word: re.compile(_joined(word)) for word in SHORT_WORDS},
    "tổ dp": re.compile(r"to\s+d\.?p"),
}


def kinds_alike(kind: AreaKind) -> frozenset[AreaKind]:
    """The kinds of the same level: a thị trấn may be called a xã, as it was. A city is taken for
    one among districts."""
    return next(kinds for kinds in LEVELS.values() if kind in kinds)


def bare_kind(text: str) -> frozenset[AreaKind]:
    """The kinds that a word alone means: phường."""
    word = fold(text)
    return next(
        (kinds for known, kinds in (WORDS | SHORT_WORDS).items() if fold(known) == word),
        frozenset(),
    )


# What stands for a kind in a text that is searched, folded, and the words it is searched by.
WRITTEN_OUT = (
    (re.compile(r"\b(?:t\.?\s?d\.?\s?p|k\.?p)(?:\.?\s*(?=\d)|\.?(?=\s|$))"), "to dan pho "),
    (re.compile(r"\bx\."), "xa "),
    (re.compile(r"\b(?:p|ph|f)\."), "phuong "),
    (re.compile(r"\bt\.?t(?:\.|(?=\s))"), "thi tran "),
    (re.compile(r"\bt\.?p(?:\.|(?=\s))"), "thanh pho "),
    (re.compile(r"\bh\."), "huyen "),
    (re.compile(r"(?<=(?:pho|hon|ban|xom) )0+(?=\d)"), ""),
)


def written_out(text: str) -> str:
    """A text that is searched, folded, with the abbreviations of kinds written out: tdp 01 is tổ
    dân phố 1."""
    folded = fold(text)
    for pattern, words in WRITTEN_OUT:
        folded = pattern.sub(words, folded)
    return " ".join(folded.split())


def after_kind(words: str) -> str:
    """A folded name of a commune, a district or a province without the words for its kind."""
    kinds = (fold(kind) for kind in AreaKind if kind not in RURAL | URBAN)
    return next((words[len(kind) + 1 :] for kind in kinds if words.startswith(f"{kind} ")), words)
