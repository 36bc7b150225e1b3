"""A form whose sign-in ended before it was sent: what was typed is carried through signing in.

The sign-in page holds it as one hidden field, the page after it as the fields of a form that is
sent to the first address again, marked with RESUME. A form so marked is filled but does not count
as sent: whoever signed in looks at it and sends it themselves.
"""

import json
from collections.abc import Sequence

from flask import request

from tcns.web.addresses import local_path

RESUME = "resume"
# What no page needs to carry; secrets least of all.
LEFT_OUT = ("csrf_token", RESUME)
SECRET = "password"
# A form of ours is a few kilobytes; what is larger is not carried.
MOST_FIELDS = 500
LONGEST_TEXT = 100_000

Typed = Sequence[tuple[str, str]]


def is_resumed() -> bool:
    """Whether this request shows a form again that was filled before signing in."""
    return RESUME in request.form


def typed_form() -> str | None:
    """What was typed into the form of this request, as text; None where there is nothing to keep.

    Kept is what a page of ours sent to an address that shows a form as well.
    """
    if request.method != "POST" or not _shows_a_page() or not _comes_from_here():
        return None
    fields = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in LEFT_OUT and SECRET not in name
    ]
    text = json.dumps(fields, ensure_ascii=False)
    return text if fields and len(fields) <= MOST_FIELDS and len(text) <= LONGEST_TEXT else None


def read_typed(text: str | None) -> Typed:
    """The fields that typed_form wrote; nothing where it did not write this."""
    try:
        pairs = json.loads((text or "")[: LONGEST_TEXT + 1])
        fields = [(str(name), str(value)) for name, value in pairs]
    except (ValueError, TypeError):
        return ()
    return [field for field in fields if field[0] not in LEFT_OUT and SECRET not in field[0]]


def way_back() -> str:
    """The address that this request was meant for, if it can be opened; else where the visitor
    came from, or the home page."""
    if request.method in ("GET", "HEAD") or _shows_a_page():
        return local_path(request.full_path.rstrip("?"))
    referrer = request.referrer or ""
    return local_path(referrer.removeprefix(request.host_url.rstrip("/")))


def _shows_a_page() -> bool:
    """Whether the address of this request can be opened as well as sent to."""
    return request.url_rule is not None and "GET" in (request.url_rule.methods or ())


def _comes_from_here() -> bool:
    """Whether the browser says that a page of this site sent the form."""
    origin = request.headers.get("Origin") or request.referrer or ""
    here = request.host_url.rstrip("/")
    return origin == here or origin.startswith(f"{here}/")
