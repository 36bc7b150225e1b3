"""Which passwords are refused: too short, too long, common, or made of words everybody here tries.

The rules follow NIST SP 800-63B-4 and OWASP ASVS 5.0, 6.2: a length, a list of what is guessed
first, no demands on the kinds of characters, nothing cut off.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib import import_module

from tcns.accounts.credentials.passwords import is_too_long
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.vietnamese import fold

MEMBER_LENGTH = 8
ROLE_LENGTH = 15
FEWEST_DIFFERENT = 4
# What must be left of a password besides known words, years and runs such as 12345.
LEAST_LEFT = 5
SHORTEST_WORD = 3
SHORTEST_RUN = 4
LOCAL_WORDS = (
    "chuyendoiso",
    "tocongngheso",
    "congngheso",
    "congnghe",
    "tocongnghe",
    "congdong",
    "chinhquyenso",
    "vietnam",
    "matkhau",
    "password",
    "qwertyuiop",
    "qwerty",
    "admin",
)
YEARS = r"(?:19[3-9]|20[0-4])\d"
# Letters of any script and emoji count as what was typed; spaces and signs of ASCII do not.
SIGNS = re.compile(r"[\s!-/:-@\[-`{-~]+")


def check_password(password: str, *, shortest: int, words: Iterable[str] = ()) -> None:
    """Refuse a password that is easily guessed; raises RuleViolation with what to do instead.

    It has at least `shortest` characters: ROLE_LENGTH for accounts with a granted role,
    MEMBER_LENGTH for others. `words` are those that belong to the account and its place: user
    name, full name, names of areas.
    """
    if is_too_long(password):
        raise RuleViolation(_("This password is too long. Use at most 250 characters."), "password")
    if len(password) < shortest:
        raise RuleViolation(
            _(
                "A password for this account has at least %(count)s characters. A sentence of a "
                "few unrelated words is long and easy to remember.",
                count=shortest,
            ),
            "password",
        )
    if is_common(password):
        raise RuleViolation(
            _("This password is among those that are tried first. Choose another."), "password"
        )
    if is_guessable(password, words):
        raise RuleViolation(
            _(
                "This password consists of names, years, repetitions or rows of keys that are "
                "easily guessed here. Add a few unrelated words."
            ),
            "password",
        )


def is_common(password: str) -> bool:
    """Whether the password, or what is left without the digits and signs around it, is common."""
    folded = fold(password)
    return (
        folded in common_passwords()
        or folded.strip("0123456789!@#$%^&*.,-_ ") in common_passwords()
    )


def is_guessable(password: str, words: Iterable[str] = ()) -> bool:
    """Whether too little is left beside local words, years, runs and repetitions."""
    folded = fold(password)
    squashed = SIGNS.sub("", folded)
    left = _without_words(SIGNS.sub("", _without_runs(folded)), words)
    return len(set(folded)) < FEWEST_DIFFERENT or (left != squashed and len(left) < LEAST_LEFT)


@lru_cache(maxsize=1)
def common_passwords() -> frozenset[str]:
    """The 30,000 most frequent passwords of the zxcvbn lists; loaded when first asked for."""
    lists = import_module("zxcvbn.frequency_lists").FREQUENCY_LISTS
    return frozenset(word for word in lists["passwords"] if len(word) >= SHORTEST_WORD)


def _without_words(squashed: str, words: Iterable[str]) -> str:
    """The text without local words, their parts and years, longest first."""
    folded = [fold(word) for word in (*LOCAL_WORDS, *words)]
    pieces = {piece for word in folded for piece in (SIGNS.sub("", word), *SIGNS.split(word))}
    known = sorted((p for p in pieces if len(p) >= SHORTEST_WORD), key=len, reverse=True)
    return re.sub("|".join([*map(re.escape, known), YEARS]), "", squashed)


def _without_runs(text: str) -> str:
    """The text without runs of characters that repeat or follow each other: aaaa, 1234, dcba."""
    kept = ""
    for piece in _pieces(text):
        kept += piece if len(piece) < SHORTEST_RUN else ""
    return kept


def _pieces(text: str) -> list[str]:
    """The text cut where the step from one character to the next changes or is more than one."""
    pieces: list[str] = []
    step = None
    for before, character in zip(" " + text, text, strict=False):
        new = ord(character) - ord(before)
        if pieces and abs(new) <= 1 and step in (None, new):
            pieces[-1] += character
            step = new
        else:
            pieces.append(character)
            step = None
    return pieces
