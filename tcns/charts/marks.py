"""The marks a picture is made of, and how they are written."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import escape
from typing import NamedTuple

Value = str | float | None
# As many links of one drawing one may be asked to step through.
TAB_STOPS = 40
# Attributes measured along the width: on a page they may be in per cent.
ALONG = frozenset({"x", "x1", "x2", "cx", "width"})


class Mark(NamedTuple):
    """An element of SVG: its name, attributes and content, texts among it."""

    name: str
    attributes: Mapping[str, Value]
    content: tuple["Mark | str", ...] = ()

    def __html__(self) -> str:
        return as_svg(self)

    def walk(self) -> Iterator["Mark"]:
        """The mark and every mark in it."""
        yield self
        for part in self.content:
            if isinstance(part, Mark):
                yield from part.walk()


def mark(name: str, *content: Mark | str, css: str = "", **attributes: Value) -> Mark:
    """A mark of a class; `data_value` stands for data-value, an attribute of None is left out."""
    if isinstance(given := attributes.get("data_value"), int | float):
        attributes["data_value"] = exact(given)
    named: dict[str, Value] = {key.replace("_", "-"): value for key, value in attributes.items()}
    return Mark(name, ({"class": css} if css else {}) | named, content)


def text(words: str, x: Value, y: float, css: str = "chart-tick", **attributes: Value) -> Mark:
    """A text that begins at a point; chart-middle and chart-end let it stand over or end there."""
    return mark("text", words, css=css, x=x, y=y, **attributes)


def line(x1: Value, y1: float, x2: Value, y2: float, css: str) -> Mark:
    """A straight line."""
    return mark("line", css=css, x1=x1, y1=y1, x2=x2, y2=y2)


def link(url: str | None, title: str, *content: Mark, is_stop: bool = True) -> Mark:
    """Marks that lead to what they count and say what they are; without an address a group."""
    named = (mark("title", title), *content)
    if url is None:
        return mark("g", *named)
    return mark("a", *named, href=url, tabindex=None if is_stop else "-1")


def percent(share: float) -> str:
    """A length along the width, of which 100 is the whole."""
    return f"{written(share)}%"


def curve(points: list[tuple[float, float]], css: str, values: list[float]) -> Mark:
    """A line through points, x in per cent, with the figures it goes through."""
    joined = " ".join(f"{written(x)},{written(y)}" for x, y in points)
    return mark(
        "polyline",
        css=css,
        points=joined,
        vector_effect="non-scaling-stroke",
        data_value=" ".join(map(exact, values)),
    )


def stretched(height: float, *curves: Mark) -> Mark:
    """Curves over the whole width: a drawing within the drawing, which alone is stretched."""
    box = f"0 0 100 {written(height)}"
    return Mark(
        "svg",
        {"width": "100%", "height": height, "viewBox": box, "preserveAspectRatio": "none"},
        curves,
    )


def at_width(drawn: Mark, width: float) -> Mark:
    """The same mark for a width in pixels: nothing is in per cent or stretched any more."""
    content = tuple(
        at_width(part, width) if isinstance(part, Mark) else part for part in drawn.content
    )
    if "preserveAspectRatio" in drawn.attributes:
        return Mark("g", {}, tuple(_curve_at(part, width) for part in content))
    if drawn.name == "a":  # a slide leads nowhere
        return Mark("g", {}, content)
    attributes = {key: _length(key, value, width) for key, value in drawn.attributes.items()}
    return Mark(drawn.name, attributes, content)


def _length(key: str, value: Value, width: float) -> Value:
    if key in ALONG and isinstance(value, str) and value.endswith("%"):
        return float(value[:-1]) * width / 100
    return value


def _curve_at(drawn: Mark | str, width: float) -> Mark | str:
    if not isinstance(drawn, Mark):
        return drawn
    pairs = (pair.split(",") for pair in str(drawn.attributes["points"]).split())
    moved = " ".join(f"{written(float(x) * width / 100)},{y}" for x, y in pairs)
    return drawn._replace(attributes={**drawn.attributes, "points": moved})


def written(value: Value) -> str:
    """A length as short as it is exact to a hundredth."""
    return value or "" if isinstance(value, str) or value is None else _shortened(value)


@lru_cache(maxsize=4096)  # the same lengths return, from mark to mark and from page to page
def _shortened(value: float) -> str:
    shortened = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if shortened == "-0" else shortened


def exact(value: float) -> str:
    """A figure as it is, for whoever reads a drawing."""
    return f"{value:.12g}"


def as_svg(drawn: Mark | str) -> str:
    """The mark as it is written in a document."""
    pieces: list[str] = []
    _write(drawn, pieces)
    return "".join(pieces)


def _write(drawn: Mark | str, pieces: list[str]) -> None:
    """Add a mark to the pieces of a document."""
    if isinstance(drawn, str):
        pieces.append(escape(drawn, quote=False))
        return
    name, attributes, content = drawn
    pieces.append(f"<{name}")
    for key, value in attributes.items():
        if value is not None:
            text = escape(value) if isinstance(value, str) else _shortened(value)
            pieces.append(f' {key}="{text}"')
    if not any(content) and name != "text":
        pieces.append("/>")
        return
    pieces.append(">")
    for part in content:
        _write(part, pieces)
    pieces.append(f"</{name}>")
