"""Files on their way to whoever may see them: named for what they are, and run by no browser."""

from flask import current_app
from werkzeug import Response

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


def _sent(content: bytes, mimetype: str) -> Response:
    response = current_app.response_class(content, mimetype=mimetype)
    response.headers["Content-Security-Policy"] = SANDBOX
    return response
