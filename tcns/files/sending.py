"""Files on their way to whoever may see them: named for what they are, and run by no browser."""

from flask import current_app
from werkzeug import Response

JPEG, PDF = "image/jpeg", "application/pdf"


def send_picture(content: bytes) -> Response:
    """A picture that was drawn anew here, to be shown."""
    return current_app.response_class(content, mimetype=JPEG)
