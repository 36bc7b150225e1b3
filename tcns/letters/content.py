"""What an official document says, part by part: plain values, in the order they stand on paper.

Decree 30/2020/NĐ-CP, Appendix I, names the parts. A value that is not known yet is left empty and
stands as a blank to be filled in by hand.
"""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

BLANK = "……"
# Until its number is entered, a document says that it is none yet.
DRAFT = "DỰ THẢO"
COMMITTEE, NO_BREAK = "Ủy ban nhân dân ", "\u00a0"


@dataclass(frozen=True)
class Head:
    """Who issues a document, under which number, where and when.

    `sign` is what follows the number: BC-UBND. Where the day is not settled yet its month is known,
    or not even that.
    """

    agency: str
    place: str
    sign: str = ""
    superior: str = ""
    number: str = ""
    day: date | None = None

    @property
    def is_draft(self) -> bool:
        """Whether the document has no number yet."""
        return bool(self.sign) and not self.number

    @property
    def numbered(self) -> str:
        """The line of the number; a document without a sign has none."""
        return f"Số: {self.number or '………'}/{self.sign}" if self.sign else ""

    @property
    def place_and_day(self) -> str:
        """Where and when: "Hòa Phú, ngày 05 tháng 9 năm 2026"."""
        return f"{self.place}, {written_day(self.day)}"


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, its share of the width, how its cells stand."""

    title: str
    share: float = 1
    align: str = "left"


@dataclass(frozen=True)
class Table:
    """A table: its rows as text, and the last one in bold where there is a total."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    total: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the text: a heading, paragraphs, tables; any of them may be left out.

    `level` 1 is "I. ...", 2 is "1. ...".
    """

    heading: str = ""
    level: int = 1
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Signature:
    """Who signs: the lines of the authority, and the name below the space."""

    lines: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class Letter:
    """A whole document."""

    head: Head
    kind: str
    subject: str
    sections: tuple[Section, ...]
    grounds: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = (Signature(),)
    receivers: tuple[str, ...] = ()
    made: str = ""
    is_landscape: bool = False
    figures: dict[str, str] = field(default_factory=dict)

    def as_values(self) -> dict[str, Any]:
        """The document as plain values, as both renderings take it."""
        values = asdict(self)
        values["head"] |= {
            "agency": _place_together(self.head.agency),
            "numbered": self.head.numbered,
            "place_and_day": self.head.place_and_day,
            "draft": DRAFT if self.head.is_draft else "",
        }
        return values


def _place_together(agency: str) -> str:
    """The name of an authority that a line breaks before its place, never within it."""
    if not agency.startswith(COMMITTEE):
        return agency
    return COMMITTEE + agency.removeprefix(COMMITTEE).replace(" ", NO_BREAK)


def written_day(day: date | None, month: date | None = None) -> str:
    """A day in running text: days below ten and the months 1 and 2 get a zero, as is usual.

    Without a day a blank; `month` fills in the rest of it where that is known.
    """
    known = day or month
    if known is None:
        return f"ngày {BLANK} tháng {BLANK} năm {BLANK}"
    figure = f"{day.day:02d}" if day else BLANK
    return f"ngày {figure} tháng {written_month(known)}"


def written_month(day: date) -> str:
    """A month in running text: "02 năm 2026", "11 năm 2026"."""
    return f"{day.month:02d} năm {day.year}" if day.month <= 2 else f"{day.month} năm {day.year}"
