"""A chart as a picture for a slide: SVG that carries its rules, and PNG made of it.

Typst draws the PNG: it is there for documents already, its wheel brings everything, and it draws
SVG with resvg. It takes the first font of the family below that the system has (the packages
fonts-liberation2 and fonts-dejavu-core bring one each, with all Vietnamese letters), else the one
it brings itself, which has them as well.
"""

import re
from functools import cache
from pathlib import Path

import typst

from tcns.charts.drawing import Chart, placed
from tcns.charts.labels import width_of
from tcns.charts.marks import Mark, as_svg, mark, text

WIDTH, HEIGHT = 1280, 720
SIDE, TOP, BOTTOM = 60, 150, 664
# What is drawn is made larger than on a page, at most so much.
LARGEST = 1.6
RULES = Path(__file__).parents[1] / "static" / "marks.css"
FONTS = "'Liberation Sans',Arial,'Noto Sans','DejaVu Sans',sans-serif"
OWN_RULES = (
    f"text{{font-family:{FONTS}}}"
    ".chart-map .chart-place{font-size:42px}"
    ".slide-title{font-size:36px;font-weight:700;fill:#1f2933}"
    ".slide-note{font-size:22px;fill:#52606d}.slide-foot{font-size:16px;fill:#52606d}"
)
PAGE = (
    f"#set page(width: {WIDTH}pt, height: {HEIGHT}pt, margin: 0pt)\n"
    '#image(bytes(sys.inputs.picture), format: "svg", width: 100%)'
)


def slide_svg(chart: Chart, title: str, note: str, foot: str = "") -> bytes:
    """The chart on a slide of 1280 × 720: what it tells, what it shows, and its source below."""
    titles, notes, feet = _lines(title, 36), _lines(note, 22), _lines(foot, 16)
    under, top = 116 + 46 * (len(titles) - 1), TOP + 46 * (len(titles) - 1)
    top, bottom = top + 28 * (len(notes) - 1), BOTTOM - 22 * (len(feet) - 1)
    marks = [
        mark("title", title),
        mark("style", _rules() + OWN_RULES),
        mark("rect", width=WIDTH, height=HEIGHT, fill="#fff"),
        mark("rect", width=WIDTH, height=10, fill="#a3161d"),
        *(text(words, SIDE, 76 + 46 * row, "slide-title") for row, words in enumerate(titles)),
        *(text(words, SIDE, under + 28 * row, "slide-note") for row, words in enumerate(notes)),
        _fitted(chart, top, bottom),
        *(
            text(words, SIDE, bottom + 32 + 22 * row, "slide-foot")
            for row, words in enumerate(feet)
        ),
    ]
    return as_svg(
        Mark(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "width": WIDTH,
                "height": HEIGHT,
                "viewBox": f"0 0 {WIDTH} {HEIGHT}",
            },
            tuple(marks),
        )
    ).encode()


def slide_png(chart: Chart, title: str, note: str, foot: str = "") -> bytes:
    """The same slide as PNG."""
    picture = slide_svg(chart, title, note, foot).decode()
    return bytes(
        typst.compile(PAGE.encode(), format="png", ppi=72, sys_inputs={"picture": picture})
    )


def _lines(words: str, size: int) -> list[str]:
    """Some words in as many lines as they need."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, size) > WIDTH - 2 * SIDE:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _fitted(chart: Chart, top: float, bottom: float) -> Mark:
    """The chart as large as there is room for, a line as wide as the slide."""
    room_wide, room_high = WIDTH - 2 * SIDE, bottom - top
    sheet = chart.sheet(room_wide / LARGEST, room_high / LARGEST)
    scale = min(room_wide / sheet.width, room_high / sheet.height, LARGEST)
    if scale < LARGEST:  # smaller than it might be, it is drawn as wide as there is room then
        sheet = chart.sheet(room_wide / scale, room_high / LARGEST)
        scale = min(room_wide / sheet.width, room_high / sheet.height, LARGEST)
    moved = mark("g", placed(sheet, 0, 0), css="chart", transform=f"scale({scale:.4f})")
    return mark("g", moved, transform=f"translate({SIDE} {top})")


@cache
def _rules() -> str:
    """The rules of what is drawn, with each colour written out."""
    sheet = re.sub(r"/\*.*?\*/", "", RULES.read_text("utf-8"), flags=re.DOTALL)
    colours = dict(re.findall(r"--(chart-[\w-]+):\s*([^;]+);", sheet))
    plain = re.sub(r":root\s*\{.*?\}", "", sheet, flags=re.DOTALL)
    return re.sub(r"var\(--(chart-[\w-]+)\)", lambda name: colours[name[1]], plain).strip()
