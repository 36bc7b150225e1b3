"""Documents that people hand in: PDF files, kept as they are and opened by nobody here."""

from tcns.errors import RuleViolation
from tcns.i18n import LabelledEnum
from tcns.i18n import lazy_gettext as _l

LARGEST_DOCUMENT = 10 * 1024 * 1024
BEGINNING, END = b"%PDF-", b"%%EOF"
# Behind the end stand at most blank lines, or what a scanner adds.
END_WITHIN = 1024


class Fault(LabelledEnum):
    """Why a document is not taken."""

    SIZE = "size", _l("The PDF file is larger than 10 MB. Scan it in black and white, or smaller.")
    DAMAGED = "damaged", _l("The PDF file is damaged or incomplete. Scan the document again.")


class UnusableDocument(RuleViolation):
    """A document cannot be taken; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.label, "file")
        self.fault = fault


def is_document(content: bytes) -> bool:
    """Whether a file begins as a PDF does, whatever it is called."""
    return content.startswith(BEGINNING)


def check_document(content: bytes) -> None:
    """Refuse a PDF that is too large or does not end as one; raises UnusableDocument."""
    if len(content) > LARGEST_DOCUMENT:
        raise UnusableDocument(Fault.SIZE)
    if END not in content[-END_WITHIN:]:
        raise UnusableDocument(Fault.DAMAGED)
