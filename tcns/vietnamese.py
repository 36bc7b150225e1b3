"""Vietnamese text: what is searched without marks, and how names are sorted."""

import re
import unicodedata
from functools import lru_cache
from unicodedata import category

# CLDR vi: a letter's quality comes before its tone, and the tones follow this order.
LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
QUALITIES = {"\u0306": {"a": "ă"}, "\u0302": {"a": "â", "e": "ê", "o": "ô"}}
HORN = {"o": "ơ", "u": "ư"}
SPACE, DIGIT_BASE, LETTER_BASE, OTHER = 0x02, 0x10, 0x40, 0xF0
NUMBER_WIDTH = 6
# Names repeat few words: Vietnamese has no more of them than that, and each is looked at once.
SYLLABLES = 16_384
# Signs that look alike and are typed for one another: apostrophes, and the letter Đ, which
# Icelandic and African letters stand in for.
APOSTROPHES = "'\u2018\u2019\u201a\u201b\u02bb\u02bc\u02b9\u2032\u00b4`\uff07"
ONE_SIGN = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"} | dict.fromkeys(APOSTROPHES, "'"))

# Control characters, marks nobody sees (zero-width, direction), halves of a character.
INVISIBLE = frozenset({"Cc", "Cf", "Cs"})


def clean(text: str) -> str:
    """NFC, trimmed, single-spaced; the case stays as it was written."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """The text as searched: lower case, without marks, đ as d, single-spaced."""
    return " ".join(filter(None, map(_fold, text.split())))


@lru_cache(maxsize=SYLLABLES)
def _fold(word: str) -> str:
    """A word as searched; nothing is left of one that is nothing but marks."""
    decomposed = unicodedata.normalize("NFD", word.casefold().replace("đ", "d").replace("ð", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def search_words(text: str) -> list[str]:
    """The words of a text as they are searched: folded, parted by apostrophes, without signs at
    their ends; of a text that is nothing but signs, the signs."""
    words = plain_signs(fold(text)).replace("'", " ").split()
    bare = [word.strip('.,;:"\u201c\u201d\u201e\u00ab\u00bb()[]') for word in words]
    return [word for word in bare if word] or fold(text).split()


def plain_signs(text: str) -> str:
    """The text with one apostrophe and one Đ, whichever sign was typed for it."""
    return text.translate(ONE_SIGN)


def spell(text: str) -> list[tuple[str, str]]:
    """Each word of a text in lower case as its letters and, apart, its tone.

    It does not matter on which vowel a tone was put, nor whether a y that sounds as i is written
    so: hoà and hòa, Mỹ and Mĩ are spelled the same.
    """
    plain = unicodedata.normalize("NFC", text).casefold().replace("ð", "đ")
    return [_spell(word) for word in plain.split()]


@lru_cache(maxsize=SYLLABLES)
def _spell(word: str) -> tuple[str, str]:
    """The letters of a word with their quality, and its tone."""
    decomposed = unicodedata.normalize("NFD", word)
    letters = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in TONES))
    tone = "".join(c for c in decomposed if c in TONES)
    return re.sub(r"(?<![aăâeêioôơu])y$|(?<=qu)y$", "i", letters), tone


def spelling(text: str) -> str:
    """The text with its marks, the same for every way of spelling it."""
    return " ".join(letters + tone for letters, tone in spell(text))


def sort_key(text: str) -> str:
    """The text's place in Vietnamese order, as hexadecimal text compared byte by byte.

    Letters decide first (a ă â … d đ e ê …), then tones (none, huyền, hỏi, ngã, sắc, nặng),
    then the text itself, as Unicode CLDR orders Vietnamese. Numbers go by value: Thôn 2, Thôn 10.
    """
    letters: list[int] = []
    tones: list[int] = []
    numbered = re.sub(r"\d+", lambda number: number[0].zfill(NUMBER_WIDTH), clean(text).casefold())
    for character in unicodedata.normalize("NFD", numbered):
        _weigh(character, letters, tones)
    return bytes([*letters, 0, *tones, 0]).hex() + clean(text).encode().hex()


def _weigh(character: str, letters: list[int], tones: list[int]) -> None:
    """Add one decomposed character to the weights: a mark changes the letter before it."""
    if character in TONES and tones:
        tones[-1] = TONES.index(character) + 1
    elif unicodedata.combining(character) and letters:
        letters[-1] = _weight(_marked(letters[-1], character))
    else:
        letters.append(_weight(character))
        tones.append(1)


def _marked(weight: int, mark: str) -> str:
    """The letter that the mark makes of the letter with this weight."""
    plain = LETTERS[weight - LETTER_BASE] if LETTER_BASE <= weight < OTHER else None
    if plain is None:
        return "?"
    return (HORN if mark == "\u031b" else QUALITIES.get(mark, {})).get(plain, plain)


def _weight(character: str) -> int:
    """Spaces before digits before letters before everything else."""
    if character.isspace():
        return SPACE
    if character.isascii() and character.isdigit():
        return DIGIT_BASE + int(character)
    return LETTER_BASE + LETTERS.index(character) if character in LETTERS else OTHER


def name_sort_key(full_name: str) -> str:
    """A person's place in a Vietnamese list: by given name, then family name, then middle."""
    words = clean(full_name).split(" ")
    given, family, middle = words[-1], words[0] if len(words) > 1 else "", words[1:-1]
    return "00".join(sort_key(part) for part in (given, family, " ".join(middle)))


def strip_unprintable(text: str) -> str:
    """A text without characters that a page could not even show again."""
    return text if text.isprintable() else "".join(filter(_is_printable, text))


def _is_printable(character: str) -> bool:
    """Whether a page may hold the character at all: no control character, no noncharacter."""
    if category(character) in ("Cc", "Cs"):
        return character in "\t\n\r"
    code = ord(character)
    return code & 0xFFFE != 0xFFFE and not 0xFDD0 <= code <= 0xFDEF


def normalise(text: str | None) -> str | None:
    """What was typed, in NFC, trimmed, single-spaced; without characters no text may hold."""
    if not isinstance(text, str):
        return text
    if text.isprintable():
        return clean(text)
    return clean("".join(c for c in text if c.isspace() or category(c) not in INVISIBLE))
