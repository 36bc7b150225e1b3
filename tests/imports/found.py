"""What the page of a file says of its rows."""

from xml.etree.ElementTree import Element

from tests.inspection import text_of
from tests.page import Page


def rows_of(page: Page) -> list[Element]:
    """The rows of the file on its page."""
    return [row for row in page.tree.iter("tr") if "found-" in row.get("class", "")]


def outcomes(page: Page) -> list[str]:
    """What became of each row, in the order of the page."""
    return [status(row) for row in rows_of(page)]


def status(row: Element) -> str:
    """The word for what becomes of a row."""
    return next(text_of(e) for e in row.iter("span") if "status" in e.get("class", "").split())


def numbers(page: Page) -> list[str]:
    """The numbers of the rows, in the order of the page."""
    return [text_of(next(row.iter("th"))).split(" ", 1)[1] for row in rows_of(page)]


def cell(page: Page, number: str, label: str) -> str:
    """What the page says in one column of a row."""
    row = rows_of(page)[numbers(page).index(number)]
    return next(text_of(each) for each in row.iter("td") if each.get("data-label") == label)
