"""What calamine does not say of a workbook, read from its XML: merged cells of OpenDocument files,
errors and formulas without a result of Excel's. Known to the process that opens uploaded files.
"""

import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import unescape

# The first and last cell of a merged range, each by row and column, from 0.
Merged = tuple[tuple[int, int], tuple[int, int]]
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
# By row and column, from 0.
Place = tuple[int, int]
# A cell of the XML of a workbook that holds an error, or a formula.
XML_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"([^>]*)(?<!/)>((?:(?!</c>).)*(?:<f|t="e"|#)(?:(?!</c>).)*)</c>',
    re.DOTALL,
)
XML_FORMULA = re.compile(rb"<f[^>]*>([^<]*)</f>")
XML_VALUE = re.compile(rb"<v>([^<]+)</v>")


def merged_in_tables(document: Any) -> Iterator[tuple[str, list[Merged]]]:
    """Each table of a document with its cells that reach over several rows."""
    merged: list[Merged] = []
    row = column = 0
    # The limits of this process hold for what XML can be made to do as well.
    for event, element in ElementTree.iterparse(document, ("start", "end")):  # noqa: S314
        if (event, element.tag) == ("start", f"{TABLE}table"):
            merged, row = [], 0
        elif (event, element.tag) == ("start", f"{TABLE}table-row"):
            column = 0
        elif event == "end" and element.tag in CELLS:
            rows, columns = number(element, "rows-spanned"), number(element, "columns-spanned")
            if rows > 1:
                merged.append(((row, column), (row + rows - 1, column + columns - 1)))
            column += number(element, "columns-repeated")
        elif (event, element.tag) == ("end", f"{TABLE}table-row"):
            row += number(element, "rows-repeated")
            element.clear()
        elif (event, element.tag) == ("end", f"{TABLE}table"):
            yield element.get(f"{TABLE}name", ""), merged
            element.clear()


def number(element: Any, what: str) -> int:
    """A number that a row or cell says of itself; 1 where it says nothing."""
    return int(element.get(f"{TABLE}number-{what}", "1"))


def paths_of_sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Where each sheet of a workbook lies in its archive."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    found = {}
    for sheet in book.iter():
        relation = next((v for key, v in sheet.attrib.items() if key.endswith("}id")), None)
        if sheet.tag.endswith("}sheet") and relation in targets:
            target = targets[relation]
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            found[sheet.get("name", "")] = path
    return found


def valueless_cells(document: bytes) -> Iterator[tuple[Place, str]]:
    """The cells of a sheet that hold an error, or a formula without a result, as they show."""
    if b't="e"' not in document and b"<f" not in document:
        return
    for cell in XML_CELL.finditer(document):
        letters, row, attributes, inside = cell.groups()
        value, formula = XML_VALUE.search(inside), XML_FORMULA.search(inside)
        place = int(row) - 1, column_of(letters.decode())
        if b't="e"' in attributes and value:
            yield place, value[1].decode("utf-8", "replace")
        elif formula and not value and b't="str"' not in attributes:
            yield place, f"={unescape(formula[1].decode('utf-8', 'replace'))}"


def column_of(letters: str) -> int:
    """The place of a column, from 0, by the letters above it."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
