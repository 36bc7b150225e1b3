"""Requests that carry a file: a view says how large they may be; all others are small."""

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, request

View = Callable[..., Any]
# Beside the file a form sends its fields.
ROOM_FOR_FIELDS = 64 * 1024


def takes_file(largest_bytes: int) -> Callable[[View], View]:
    """Let a view take requests of up to this size, instead of the size of a form."""

    def decorate(view: View) -> View:
        view.largest_request_bytes = largest_bytes  # type: ignore[attr-defined]
        return view

    return decorate


def admit_files() -> None:
    """Widen the limit of a request to what its view takes, before anything of it is read."""
    view = current_app.view_functions.get(request.endpoint or "")
    largest = getattr(view, "largest_request_bytes", None)
    if largest is not None:
        request.max_content_length = largest


def register_uploads(app: Flask) -> None:
    """Ask before every request; first of all, because others read what was sent."""
    app.before_request(admit_files)
