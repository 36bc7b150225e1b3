"""Vietnamese letters in the codes of before Unicode: VNI and TCVN3, and UTF-8 read wrongly.

A list typed for a VNI or TCVN3 (ABC) font holds other letters than it shows: "Nguyeãn" or "NguyÔn"
for "Nguyễn". The tables are facts of those fonts.
"""

import re
import unicodedata
from enum import StrEnum

from tcns.vietnamese import fold


class LegacyCode(StrEnum):
    """A code of before Unicode."""

    VNI = "vni"
    TCVN3 = "tcvn3"

    @property
    def label(self) -> str:
        """What the code is called."""
        return "TCVN3 (ABC)" if self is LegacyCode.TCVN3 else "VNI"


# In TCVN3 one sign is one letter; capitals with tones have none of their own.
TCVN3_SIGNS = "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ¡¢£¤¥¦§"
TCVN3_LETTERS = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ"
TCVN3 = dict(zip(TCVN3_SIGNS, TCVN3_LETTERS, strict=True))

# In VNI a mark stands behind its vowel: these are the marks, as quality and tone together.
CIRCUMFLEX, BREVE = "\u0302", "\u0306"
GRAVE, ACUTE, HOOK, TILDE, DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
TONE_SIGNS = zip("øùûõï", (GRAVE, ACUTE, HOOK, TILDE, DOT), strict=True)
CIRCUMFLEX_SIGNS = zip("âàáåãä", ("", GRAVE, ACUTE, HOOK, TILDE, DOT), strict=True)
BREVE_SIGNS = zip("êèéúüë", ("", GRAVE, ACUTE, HOOK, TILDE, DOT), strict=True)
VNI_MARKS = (
    dict(TONE_SIGNS)
    | {sign: CIRCUMFLEX + tone for sign, tone in CIRCUMFLEX_SIGNS}
    | {sign: BREVE + tone for sign, tone in BREVE_SIGNS}
)
# Letters that are one sign in VNI as well.
VNI_LETTERS = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
VNI_VOWELS = "aeouyôö"
VNI_PAIR = re.compile(rf"([{VNI_VOWELS}])([{''.join(VNI_MARKS)}])", re.IGNORECASE)

INITIAL = "(?:ngh|ng|nh|th|tr|ch|gh|gi|kh|ph|qu|[bcdghklmnprstvx])?"
NUCLEUS = (
    "(?:uye|uya|uyu|oai|oay|oao|oeo|uay|uoi|uou|ieu|yeu|iu|ia|ie|ye|ai|ao|au|ay|eo|eu|oa|oe|oi|ua"
    "|ue|ui|uy|uo|uu|oo|[aeiouy])"
)
SYLLABLE = re.compile(f"{INITIAL}{NUCLEUS}(?:ng|nh|ch|[cmnpt])?")
VIETNAMESE_MARKS = frozenset((*TCVN3_LETTERS.casefold(), *"abcdefghijklmnopqrstuvwxyzỳỷỹý"))


def from_vni(text: str) -> str:
    """A text of a VNI font as it shows."""
    paired = VNI_PAIR.sub(lambda pair: _vni_letter(pair[1]) + VNI_MARKS[pair[2].casefold()], text)
    return unicodedata.normalize("NFC", "".join(map(_vni_letter, paired)))


def _vni_letter(letter: str) -> str:
    """A sign of VNI that is a letter by itself; others as they are."""
    meant = VNI_LETTERS.get(letter.casefold(), letter)
    return meant.upper() if letter.isupper() else meant


def from_tcvn3(text: str) -> str:
    """A text of a TCVN3 font as it shows; words whose other letters are capitals in capitals."""
    return " ".join(map(_tcvn3_word, text.split(" ")))


def _tcvn3_word(word: str) -> str:
    """A word of TCVN3: capitals came of a second font, with the signs of small letters."""
    converted = "".join(TCVN3.get(sign, sign) for sign in word)
    plain = [sign for sign in word if sign.isascii() and sign.isalpha()]
    is_upper = len(plain) > 1 and all(map(str.isupper, plain))
    return converted.upper() if is_upper else converted


CONVERTERS = {LegacyCode.VNI: from_vni, LegacyCode.TCVN3: from_tcvn3}


def code_of(text: str) -> LegacyCode | None:
    """The code a text was written in; None where it is plain Unicode as far as one can tell.

    A text is of a code where words that are no Vietnamese become Vietnamese by it, all of them.
    """
    words = [word for word in re.split(r"[\s,;/()-]+", text) if not is_vietnamese(word)]
    if not words or text.isascii():
        return None
    for code, convert in CONVERTERS.items():
        changed = [convert(word) for word in words]
        if changed != words and all(map(is_vietnamese, changed)):
            return code
    return None


def is_vietnamese(word: str) -> bool:
    """Whether a word can be a Vietnamese syllable, or has nothing but figures and signs."""
    letters = "".join(character for character in word.casefold() if character.isalpha())
    others = [c for c in word if not c.isalpha() and not c.isascii()]
    if others or any(letter not in VIETNAMESE_MARKS for letter in letters):
        return False
    if any(c.isupper() and not c.isascii() and word[0] != c for c in word) and not word.isupper():
        return False
    decomposed = unicodedata.normalize("NFD", letters)
    tones = sum(decomposed.count(tone) for tone in (GRAVE, ACUTE, HOOK, TILDE, DOT))
    return not letters or (tones <= 1 and SYLLABLE.fullmatch(fold(letters)) is not None)


def convert(text: str, code: LegacyCode) -> str:
    """A text of a code as it shows."""
    return CONVERTERS[code](text)


def is_mojibake(text: str) -> bool:
    """Whether a text is UTF-8 that was read as a code of single bytes: Nguyá»…n."""
    if text.isascii():
        return False
    try:
        decoded = b"".join(map(_byte_of, text)).decode("utf-8")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return False
    return decoded != text


def _byte_of(character: str) -> bytes:
    """The byte a character stands for where UTF-8 was read as Windows-1252."""
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")
