"""Understanding names of persons: as lists write them, with titles, remarks and signs around."""

import re
import unicodedata

from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.imports.rows.cells import DASHES, MarkCell, by_rule
from tcns.imports.vocabulary import Mark
from tcns.legacy_encodings import code_of, is_mojibake
from tcns.vietnamese import clean, fold, plain_signs
from tcns.web.fields import written_with_letters

TITLE = re.compile(
    r"(?:(?:ông|bà|anh|chị|đồng chí)[:.\s]+|đ\s*[/.]\s*(?:c|chí)[:.\s]+|[ôb][.:]\s*)"
    r"(?=\S+[\s'’]+\S)",
    re.IGNORECASE,
)
ENUMERATED = re.compile(r"\d{1,3}\s*[.):/-]\s*(?=\S)")
REMARK = re.compile(
    r"\s*[(\[][^()\[\]]*[)\]]?\s*$"
    r"|\s*(?:,|;|\s-)\s*(?:(?:tổ )?(?:trưởng|phó)|bí thư|chi hội|công an|cán bộ|thành viên)\b.*$",
    re.IGNORECASE,
)
ENDS = " .,;:*-_·•"
# What a list writes where there is nobody.
NOBODY = frozenset(
    {"khuyet", "chua co", "khong", "khong co", "trong", "con thieu", "chua bau", "nt", "nhu tren"}
    | {"ho ten", "ho va ten", "ho va ten thanh vien", "bo trong", "chua ro", "vacant"}
)
NOBODY_WORDS = re.compile(r"[^a-z]+")
TONES_AND_QUALITIES = frozenset("\u0300\u0301\u0302\u0303\u0306\u0309\u030c\u031b\u0323")
BROKEN = re.compile("[?\ufffd]")


def names_nobody(text: str) -> bool:
    """Whether a cell for a name says that there is nobody: Khuyết, Chưa có, nt."""
    return clean(NOBODY_WORDS.sub(" ", fold(text))) in NOBODY


def read_person_name(text: str, mark: MarkCell) -> str:
    """A person's full name: letters alone.

    Titles and remarks are left out, which is said; letters that a wrong code broke are refused.
    """
    _refuse_broken(text)
    name = _without_surroundings(text, mark)
    plain = _with_plain_signs(name)
    if len(plain) != len(name) or (plain not in text):
        mark(Mark.REWRITTEN, _("%(text)s was read as %(value)s.", text=text, value=plain))
    if not plain or not all(map(_is_of_a_name, unicodedata.normalize("NFD", plain))):
        raise RuleViolation(_("A person's name is written with letters only."))
    return by_rule(plain, written_with_letters)


def _refuse_broken(text: str) -> None:
    """Refuse letters that were read in a code they were not written in."""
    if BROKEN.search(text) or is_mojibake(text) or code_of(text):
        message = _("The letters are broken: the list was written in another code. Type the name.")
        raise RuleViolation(message)


def _without_surroundings(text: str, mark: MarkCell) -> str:
    """The name without number and title before it and remarks behind it."""
    begin = ENUMERATED.match(text)
    name = text[begin.end() :] if begin else text
    name = REMARK.sub("", DASHES.sub("-", name))
    title = TITLE.match(name)
    name = name[title.end() :] if title else name
    if len(name) < len(text):
        mark(Mark.SHORTENED, _("Kept of “%(text)s”: %(value)s", text=text, value=name))
    return name


def _with_plain_signs(name: str) -> str:
    """One apostrophe, one Đ, one hyphen; no signs at the ends, no words grown together."""
    plain = re.sub(r"'\s+", "'", DASHES.sub("-", plain_signs(name)))
    apart = "".join(
        f" {sign}" if sign.isupper() and before.islower() else sign
        for before, sign in zip(f" {plain}", plain, strict=False)
    )
    return clean(apart.strip(ENDS))


def _is_of_a_name(character: str) -> bool:
    """Whether a decomposed character can stand in a name written in Vietnam."""
    if unicodedata.combining(character):
        return character in TONES_AND_QUALITIES
    return character in " '-.đĐƀɃ" or (character.isascii() and character.isalpha())
