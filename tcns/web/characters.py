"""Which characters a page may hold."""

from unicodedata import category


def sound(text: str) -> str:
    """A text without characters that a page could not even show again."""
    return text if text.isprintable() else "".join(filter(_is_sound, text))


def _is_sound(character: str) -> bool:
    """Whether a page may hold the character at all: no control character, no noncharacter."""
    if category(character) in ("Cc", "Cs"):
        return character in "\t\n\r"
    code = ord(character)
    return code & 0xFFFE != 0xFFFE and not 0xFDD0 <= code <= 0xFDEF
