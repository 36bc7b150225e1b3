"""Files on their way to whoever may see them: named for what they are, and run by no browser."""

from http import HTTPStatus

from flask import abort, current_app
from werkzeug import Response

from tcns.files.scans import ScanKind
from tcns.files.store import NoSuchFile, file_store

JPEG, PDF = "image/jpeg", "application/pdf"
# Whatever a file holds, it loads nothing and runs nothing.
SANDBOX = "default-src 'none'; sandbox"


def send_picture(content: bytes) -> Response:
    """A picture that was drawn anew here, to be shown."""
    return _sent(content, JPEG)


def send_document(content: bytes, file_name: str) -> Response:
    """A document as it was handed in, to be kept under a plain name: no browser opens it here."""
    response = _sent(content, PDF)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def send_scan(file_key: str | None, kind: ScanKind | None, file_name: str) -> Response:
    """The scan of a paper, a PDF to be kept, a picture to be looked at; no such page without."""
    try:
        content = file_store().read(file_key or "")
    except NoSuchFile:
        abort(HTTPStatus.NOT_FOUND)
    return send_document(content, file_name) if kind is ScanKind.DOCUMENT else send_picture(content)


def _sent(content: bytes, mimetype: str) -> Response:
    response = current_app.response_class(content, mimetype=mimetype)
    response.headers["Content-Security-Policy"] = SANDBOX
    return response
