"""What was typed into a form is carried through signing in again, and through a switch of language.

The sign-in page holds it as one hidden field, the page after it as the fields of a form that is
sent to the first address again, marked with RESUME. A form so marked is filled but does not count
as sent: whoever signed in looks at it and sends it themselves. The switch of language holds the
same fields where a form is shown again, and sends them on.

A form that could not be carried out just now stands whole on the page that says so, key and version
included: sent again, it is done once. Where it held a password or a file, which no page may carry,
the page leads to the form instead, filled with the rest.
"""

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from tcns.vietnamese import strip_unprintable
from tcns.web.addresses import local_path

RESUME = "resume"
# What no page needs to carry: ours, and what the switch of language itself sends.
TOKEN = "csrf_token"
LEFT_OUT = (TOKEN, RESUME, "language", "back")
# What no page may carry.
SECRET = "password"
# A form of ours is a few kilobytes; what is larger is not carried.
MOST_FIELDS = 500
LONGEST_TEXT = 100_000

Typed = Sequence[tuple[str, str]]


class UnsentForm(NamedTuple):
    """A form that could not be carried out: where it is sent, its fields, whether those are all."""

    action: str
    fields: Typed
    is_whole: bool


def is_resumed() -> bool:
    """Whether this request shows a form again that was filled before signing in."""
    return RESUME in request.form


def typed_fields() -> Typed:
    """What was typed into the form of this request; nothing where there is nothing to keep.

    Kept is what a page of ours sent to an address that shows a form as well.
    """
    if request.method != "POST" or not _shows_a_page() or not _comes_from_here():
        return ()
    try:
        fields = _kept(request.form.items(multi=True))
    except RequestEntityTooLarge:
        return ()
    return fields if len(fields) <= MOST_FIELDS and len(_as_text(fields)) <= LONGEST_TEXT else ()


def unsent_form() -> UnsentForm | None:
    """The form of this request as it can be sent again; None where it cannot, or nothing was sent.

    The page it stands on bears a token: it carries only what a page of ours sent.
    """
    if request.method != "POST" or not _comes_from_here():
        return None
    action = local_path(request.full_path.rstrip("?"))
    if any(SECRET in name for name in request.form) or request.files:
        return UnsentForm(action, typed_fields(), is_whole=False) if _shows_a_page() else None
    fields = [pair for pair in request.form.items(multi=True) if pair[0] != TOKEN]
    return UnsentForm(action, _printable(fields), is_whole=True)


def typed_form() -> str | None:
    """The same as one text; None where there is nothing to keep."""
    fields = typed_fields()
    return _as_text(fields) if fields else None


def read_typed(text: str | None) -> Typed:
    """The fields that typed_form wrote; nothing where it did not write this."""
    try:
        pairs = json.loads((text or "")[: LONGEST_TEXT + 1])
        return _kept((str(name), str(value)) for name, value in pairs)
    except (ValueError, TypeError):
        return ()


def way_back() -> str:
    """The address that this request was meant for, if it can be opened; else where the visitor
    came from, or the home page."""
    if request.method in ("GET", "HEAD") or _shows_a_page():
        return local_path(request.full_path.rstrip("?"))
    referrer = request.referrer or ""
    return local_path(referrer.removeprefix(request.host_url.rstrip("/")))


def _kept(fields: Iterable[tuple[str, str]]) -> Typed:
    """Of the fields of a form those that are carried."""
    return _printable(
        (name, value) for name, value in fields if name not in LEFT_OUT and SECRET not in name
    )


def _printable(fields: Iterable[tuple[str, str]]) -> Typed:
    """Fields without the characters that no page can show."""
    return [(strip_unprintable(name), strip_unprintable(value)) for name, value in fields]


def _as_text(fields: Typed) -> str:
    return json.dumps(fields, ensure_ascii=False)


def _shows_a_page() -> bool:
    """Whether the address of this request can be opened as well as sent to."""
    return request.url_rule is not None and "GET" in (request.url_rule.methods or ())


def _comes_from_here() -> bool:
    """Whether the browser says that a page of this site sent the form."""
    origin = request.headers.get("Origin") or request.referrer or ""
    here = request.host_url.rstrip("/")
    return origin == here or origin.startswith(f"{here}/")
