"""The rows of comma-separated values, as programs and people write them.

The separator is the one that gives a row of headings; quotes are respected, and one that never
closes takes no other row with it. Known to the process that opens uploaded files.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence

DELIMITERS = ";\t,|"
# Words that headings of lists begin with, folded; they tell what separates the cells of a text.
HEADING = re.compile(
    r"(stt|tt|ho (va )?(ten|chu|dem)|ho, ten|ten( to| thon| thanh vien)?|so dien thoai|dien thoai|"
    r"sdt|nam sinh|ngay (sinh|vao|tham gia|thanh lap|quyet dinh)|chuc (vu|danh)|vai tro|thanh phan|"
    r"thon|ban|xom|to dan pho|xa|phuong|huyen|ma( dia ban| thon| xa)?|so ho|tu ngay|den ngay|"
    r"ghi chu|so quyet dinh|co quan|full name|phone|village|commune|role|name|since)"
    r"([ /,(:].{0,30})?"
)
# A line and how it ends: an old Mac's lines end with CR alone.
LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$")
ROWS_LOOKED_AT, LINES_OF_A_CELL = 40, 40


def rows_of_text(text: str) -> list[list[str]]:
    """The rows of comma-separated values: whichever of the usual signs separates them."""
    lines = LINE.findall(text)
    sign = max(DELIMITERS, key=lambda sign: fit(list(records(lines[:ROWS_LOOKED_AT], sign))))
    return list(records(lines, sign))


def fit(rows: Sequence[Sequence[str]]) -> tuple[int, int, int]:
    """How well a sign separates the cells of a text: the most headings in a row, else the most rows
    of as many cells as the others."""
    headings = max((sum(map(is_heading, row)) for row in rows), default=0)
    widths = [len(row) for row in rows if len(row) > 1]
    usual = max(widths, key=widths.count, default=0)
    return (headings if headings > 1 else 0), widths.count(usual), usual


def is_heading(cell: str) -> bool:
    """Whether a cell begins with a word of headings."""
    letters = unicodedata.normalize("NFD", cell.strip().casefold().replace("đ", "d"))
    return (
        HEADING.fullmatch("".join(c for c in letters if not unicodedata.combining(c))) is not None
    )


def records(lines: Sequence[str], sign: str) -> Iterator[list[str]]:
    """The rows of separated values; a quote that never closes holds its own line alone."""
    at = 0
    while at < len(lines):
        taken = lines_of_record(lines, at, sign)
        record = "".join(lines[at : at + taken]).rstrip("\r\n")
        is_plain = taken == 1 and is_open(record, sign)
        yield record.split(sign) if is_plain else next(csv.reader([record], delimiter=sign), [])
        at += taken


def lines_of_record(lines: Sequence[str], at: int, sign: str) -> int:
    """How many lines a row takes: more than one where a quoted cell has breaks."""
    record = lines[at].rstrip("\r\n")
    if '"' not in record or not is_open(record, sign):
        return 1
    for count in range(2, min(LINES_OF_A_CELL, len(lines) - at) + 1):
        record = "".join(lines[at : at + count]).rstrip("\r\n")
        if not is_open(record, sign):
            return count if is_sound(record, sign) else 1
    return 1


def is_open(record: str, sign: str) -> bool:
    """Whether a quote of a row is still open at its end."""
    try:
        list(csv.reader([record], delimiter=sign, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def is_sound(record: str, sign: str) -> bool:
    """Whether nothing but a separator follows a closing quote."""
    try:
        list(csv.reader([record], delimiter=sign, strict=True))
    except csv.Error:
        return False
    return True
