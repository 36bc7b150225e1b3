"""What a chart drew, read back from its SVG."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, fromstring

from markupsafe import Markup


def read(drawn: Any) -> Element:
    """The tree of a drawing or of a mark, as it stands on a page."""
    return fromstring(Markup(drawn))


def marks(tree: Element, name: str, *classes: str) -> Iterator[Element]:
    """The marks of a name that bear all the classes, in the order of the drawing."""
    for each in tree.iter(name):
        if set(classes) <= set(each.get("class", "").split()):
            yield each


def length(element: Element, key: str) -> float:
    """A length, of which the per cent sign is left out."""
    return float(element.get(key, "nan").removesuffix("%"))


def points(element: Element) -> list[tuple[float, float]]:
    """The points of a curve."""
    pairs = (pair.split(",") for pair in element.get("points", "").split())
    return [(float(x), float(y)) for x, y in pairs]


def values(element: Element) -> list[float]:
    """The figures a mark stands for."""
    return [float(value) for value in element.get("data-value", "").split()]
