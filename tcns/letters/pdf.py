"""A document as PDF."""

import json

import typst

from tcns.config import ROOT
from tcns.letters.content import Letter

LAYOUT = ROOT / "templates" / "letters/letter.typ"


def as_pdf(letter: Letter) -> bytes:
    """The document as a PDF, in Times New Roman or letters of the same width."""
    content = json.dumps(letter.as_values(), default=str)
    return bytes(typst.compile(LAYOUT, sys_inputs={"content": content}))
