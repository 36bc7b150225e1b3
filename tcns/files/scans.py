"""Scans of signed papers: a PDF as it was handed in, or a picture of the page drawn anew."""

from dataclasses import dataclass

from tcns.files.documents import check_document, is_document
from tcns.files.pictures import PAGE, read_picture
from tcns.files.store import file_store
from tcns.i18n import LabelledEnum
from tcns.i18n import lazy_gettext as _l

LONGEST_FILE_NAME = 200


class ScanKind(LabelledEnum):
    """What a scan is."""

    DOCUMENT = "document", _l("PDF document")
    PICTURE = "picture", _l("picture")


@dataclass(frozen=True)
class ReceivedScan:
    """A scan that lies in the store and waits for its record; the file as it was called."""

    file_key: str
    kind: ScanKind
    file_name: str


def receive_scan(folder: str, content: bytes, file_name: str) -> ReceivedScan:
    """Check a scan and put it into a folder of the store, before the write transaction.

    A PDF stays as it is, a picture is drawn anew. Raises UnusableDocument or UnusablePicture.
    What is not attached afterwards is deleted by the nightly cleaning.
    """
    kind = ScanKind.DOCUMENT if is_document(content) else ScanKind.PICTURE
    if kind is ScanKind.DOCUMENT:
        check_document(content)
    else:
        content = read_picture(content, PAGE).content
    return ReceivedScan(file_store().put(folder, content), kind, file_name[:LONGEST_FILE_NAME])
