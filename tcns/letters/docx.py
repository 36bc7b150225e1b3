"""Documents as DOCX, written by a process of its own."""

import base64
import json
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.letters.content import Letter

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 120
# The process that writes finds this package, and nothing else that is not installed.
BEGIN = "import sys; sys.path.append(sys.argv[1]); from tcns.letters.docx_child import main; main()"


class UnusableTemplate(RuleViolation):
    """A document cannot be written into the template; the message says why."""


def as_docx(letter: Letter, template: bytes | None = None) -> bytes:
    """One document; raises UnusableTemplate."""
    return all_as_docx([letter], template)[0]


def all_as_docx(letters: Sequence[Letter], template: bytes | None = None) -> list[bytes]:
    """Documents written into a template, the usual one where none is given; in their order.

    Raises UnusableTemplate.
    """
    encoded = base64.b64encode(template).decode() if template else None
    order = {"template": encoded, "documents": [letter.as_values() for letter in letters]}
    command = [sys.executable, "-I", "-X", "utf8", "-c", BEGIN, str(ROOT)]
    try:
        done = subprocess.run(
            command,
            input=json.dumps(order, default=str).encode(),
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired as error:
        raise UnusableTemplate(_said("slow", ""), "file") from error
    return [_document(line) for line in _lines(done)]


def _lines(done: subprocess.CompletedProcess[bytes]) -> list[bytes]:
    """What the process wrote; raises UnusableTemplate of what it died of."""
    if done.returncode:
        slow = -done.returncode in (signal.SIGXCPU, signal.SIGKILL)
        raise UnusableTemplate(_said("slow" if slow else "damaged", ""), "file")
    return done.stdout.splitlines()


def _document(line: bytes) -> bytes:
    """A document of a line; raises UnusableTemplate where the line names a fault."""
    value = json.loads(line)
    if isinstance(value, dict):
        raise UnusableTemplate(_said(value["fault"], value["about"]), "file")
    return base64.b64decode(value)


def _said(fault: str, about: str) -> str:
    """Why a template cannot be used."""
    words = {
        "type": _("This is no Word document. Choose a .docx file."),
        "extent": _("The template holds too much. Take the pictures out, or make them smaller."),
        "macros": _("The template holds macros or programs. Save it as .docx without them."),
        "fetches": _("The template fetches something from elsewhere. Put the picture in instead."),
        "place": _("The template has no line with the word %(word)s alone.", word=about),
        "syntax": _("What stands between braces cannot be understood: %(what)s", what=about),
        "word": _("The template names something that does not exist: %(what)s", what=about),
        "slow": _("Writing into the template takes too long."),
    }
    return words.get(fault) or _("The template is damaged. Open it in Word, and save it anew.")
