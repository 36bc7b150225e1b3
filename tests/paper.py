"""Printed slips as somebody sees them who holds the sheet: what stands on each, what its code says.

Measures are in points from the lower left corner, as in the PDF.
"""

from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2
import zxingcpp

MILLIMETRE = 72 / 25.4
MARGIN, WIDTH, HEIGHT = 10 * MILLIMETRE, 95 * MILLIMETRE, 66 * MILLIMETRE
COLUMNS, ROWS = 2, 4
DOTS_PER_POINT = 3


class Box(NamedTuple):
    """A rectangle on a page."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, other: "Box") -> bool:
        """Whether the other lies inside."""
        return (
            self.left <= other.left
            and self.bottom <= other.bottom
            and other.right <= self.right
            and other.top <= self.top
        )

    def meets(self, other: "Box") -> bool:
        """Whether the two share a spot."""
        beside = other.left >= self.right or self.left >= other.right
        return not (beside or other.bottom >= self.top or self.bottom >= other.top)


class PrintedSlip(NamedTuple):
    """One slip: its text in one line, what its QR code says, and where its letters and code are."""

    text: str
    code: str
    letters: list[Box]
    code_box: Box


def read_sheets(pdf: bytes) -> list[list[PrintedSlip]]:
    """The slips of each page, row by row."""
    pages = list(pypdfium2.PdfDocument(pdf))
    return [list(slips_of(page)) for page in pages]


def slips_of(page: pypdfium2.PdfPage) -> Iterator[PrintedSlip]:
    """The slips of a page; every letter and every code of it belongs to one of them."""
    letters, codes = letters_of(page), list(codes_of(page))
    cells = list(cells_of(page))
    lost = [letter for letter, box in letters if not any(cell.holds(box) for cell in cells)]
    assert not lost, f"these letters leave their slip: {''.join(lost)}"
    for cell in cells:
        within = [(letter, box) for letter, box in letters if cell.holds(box)]
        if within:
            ((value, code_box),) = [(value, box) for value, box in codes if cell.holds(box)]
            text = page.get_textpage().get_text_bounded(*cell)
            yield PrintedSlip(" ".join(text.split()), value, [b for _l, b in within], code_box)


def cells_of(page: pypdfium2.PdfPage) -> Iterator[Box]:
    """Where the slips lie, row by row, two beside each other."""
    top = page.get_height() - MARGIN
    for row in range(ROWS):
        for column in range(COLUMNS):
            left, upper = MARGIN + column * WIDTH, top - row * HEIGHT
            yield Box(left, upper - HEIGHT, left + WIDTH, upper)


def letters_of(page: pypdfium2.PdfPage) -> list[tuple[str, Box]]:
    """Every visible letter of a page, and where it stands."""
    text = page.get_textpage()
    found = ((text.get_text_range(i, 1), i) for i in range(text.count_chars()))
    return [(letter, Box(*text.get_charbox(i))) for letter, i in found if letter.strip()]


def codes_of(page: pypdfium2.PdfPage) -> Iterator[tuple[str, Box]]:
    """What each QR code of a page says, and where it stands."""
    picture = page.render(scale=DOTS_PER_POINT, grayscale=True)
    dots = memoryview(bytes(picture.buffer)).cast("B", (picture.height, picture.stride))
    for code in zxingcpp.read_barcodes(dots, formats=zxingcpp.BarcodeFormat.QRCode):
        place = code.position
        corners = (place.top_left, place.top_right, place.bottom_left, place.bottom_right)
        across = [corner.x / DOTS_PER_POINT for corner in corners]
        up = [page.get_height() - corner.y / DOTS_PER_POINT for corner in corners]
        yield code.text, Box(min(across), min(up), max(across), max(up))
