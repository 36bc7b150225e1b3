"""When two names may be one name, written twice."""

import unicodedata
from collections.abc import Sequence

# grave, hook, tilde, acute, dot below
TONES = frozenset("\u0300\u0309\u0303\u0301\u0323")


def written(name: str) -> str:
    """The name as it is written, but for case and where a tone stands: Hòa and Hoà are the same."""
    return " ".join(map(_syllable, unicodedata.normalize("NFD", name.casefold()).split()))


def _syllable(decomposed: str) -> str:
    """A syllable with its tones behind its letters."""
    letters = "".join(c for c in decomposed if c not in TONES)
    return letters + "".join(sorted(c for c in decomposed if c in TONES))


def is_rearranged(one: str, other: str) -> bool:
    """Whether one folded name has the other's syllables in another order, or all but one of them.

    A single syllable is no name: Nguyễn Văn An may be Nguyễn An or An Nguyễn Văn, not An.
    """
    shorter, longer = sorted((one.split(), other.split()), key=len)
    if len(shorter) == len(longer):
        return shorter != longer and sorted(shorter) == sorted(longer)
    return len(shorter) == len(longer) - 1 > 1 and _lacks_one(shorter, longer)


def _lacks_one(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    """Whether the longer name becomes the shorter when one syllable is left out."""
    return any([*longer[:gap], *longer[gap + 1 :]] == shorter for gap in range(len(longer)))


def is_a_letter_off(one: str, other: str) -> bool:
    """Whether one letter of a folded name is missing, added or another in the other name."""
    shorter, longer = sorted((one, other), key=len)
    replaced = 1 if len(shorter) == len(longer) else 0
    return one != other and any(
        shorter[:at] == longer[:at] and shorter[at + replaced :] == longer[at + 1 :]
        for at in range(len(longer))
    )
