"""Writing is asked by pages of this site alone: what browsers say of where a request comes from.

The token of a form proves that a page of ours was open; the browser's own word is asked besides,
so that a token that leaked is of no use to another site. A browser that says nothing, as old ones
do, is judged by the token.
"""

from flask import Flask, current_app, request
from werkzeug.exceptions import Forbidden

SAFE = ("GET", "HEAD", "OPTIONS")
# What Sec-Fetch-Site says of a page of this origin, and of an address that the visitor typed.
OURS = ("same-origin", "none")


class ForeignRequest(Forbidden):
    """The browser says that a page of another site asks for something to be written."""


def refuse_foreign_requests() -> None:
    """Refuse an unsafe request that a page of another site made the browser send."""
    if request.method in SAFE:
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if (site is not None and site not in OURS) or (origin is not None and origin not in _ours()):
        raise ForeignRequest


def _ours() -> tuple[str, ...]:
    """The origins of this site: the public host, behind proxies as well, over TLS where it has it.

    The scheme is that of the installation: a proxy need not tell it.
    """
    secure = f"https://{request.host}"
    return (
        (secure,)
        if current_app.config["SESSION_COOKIE_SECURE"]
        else (secure, request.host_url[:-1])
    )


def register_origins(app: Flask) -> None:
    """Ask before anything else is done for a request."""
    app.before_request(refuse_foreign_requests)
