"""Small pictures beside words, inlined from the Bootstrap Icons of the installed wheel."""

from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

import flask_bootstrap
from flask import Flask
from markupsafe import Markup

SPRITE = Path(flask_bootstrap.__file__).parent / "static/bootstrap5/icons/bootstrap-icons.svg"
SVG = "{http://www.w3.org/2000/svg}"


@lru_cache(maxsize=1)
def _symbols() -> dict[str, ElementTree.Element]:
    """The symbols of the sprite by name; read once, for it is a megabyte."""
    root = ElementTree.parse(SPRITE).getroot()
    return {symbol.attrib["id"]: symbol for symbol in root.iter(f"{SVG}symbol")}


@lru_cache(maxsize=128)
def icon(name: str) -> Markup:
    """A picture beside a word, hidden from screen readers; KeyError for an unknown name."""
    paths = Markup("").join(
        Markup("<path d='{}'/>").format(path.attrib["d"])
        for path in _symbols()[name].iter(f"{SVG}path")
    )
    return Markup(
        '<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>'
    ).format(paths)


def register_icons(app: Flask) -> None:
    """Let templates draw icons."""
    app.jinja_env.globals["inlined_icon"] = icon
