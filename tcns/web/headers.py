"""Security headers on every answer, errors included."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import URLSafeTimedSerializer
from werkzeug import Response as AnyResponse

View = Callable[..., Any]

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        # Bootstrap's own form icons are data: pictures inside its style sheet.
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
POLICY_HEADER = "Content-Security-Policy"
HEADERS = {
    POLICY_HEADER: POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=()",
}
ONE_YEAR = 365 * 24 * 3600
FRAMES = "frame-ancestors"
# How long caches keep what everybody may read: a correction is seen soon.
SHARED_SECONDS = 600
# What everybody may read may be read by pages of other sites as well.
SHARED = {
    "Cache-Control": f"public, max-age={SHARED_SECONDS}",
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def shared(view: View) -> View:
    """Let caches keep what the view answers, and pages of other sites read it: it is the same for
    everybody, whoever asks."""
    view.is_shared = True  # type: ignore[attr-defined]
    return view


def embeddable(view: View) -> View:
    """Let pages of other sites show the view's page within themselves."""
    view.is_embeddable = True  # type: ignore[attr-defined]
    return view


def add_headers(response: Response) -> Response:
    """Close what a browser would otherwise leave open; keep pages out of shared caches.

    A file may have a policy of its own, which is closer still.
    """
    own_policy = response.headers.get(POLICY_HEADER, POLICY)
    response.headers.update({**HEADERS, POLICY_HEADER: own_policy})
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers["Strict-Transport-Security"] = f"max-age={ONE_YEAR}; includeSubDomains"
    # That there is no such file is said by a page, which names the visitor.
    is_file = (request.endpoint or "").endswith("static") and _is_good(response)
    if _is_good(response) and _view_is("is_embeddable"):
        response.headers[POLICY_HEADER] = POLICY.replace(f"{FRAMES} 'none'", f"{FRAMES} *")
        del response.headers["X-Frame-Options"]
    if _is_good(response) and _view_is("is_shared"):
        response.headers.update(SHARED)
    elif not is_file:
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("Cookie")
    return response


def _is_good(response: AnyResponse) -> bool:
    return response.status_code < HTTPStatus.BAD_REQUEST


def _view_is(mark: str) -> bool:
    """Whether the view of this request bears a mark."""
    return getattr(current_app.view_functions.get(request.endpoint or ""), mark, False)


class SessionInterface(SecureCookieSessionInterface):
    """Sessions in a signed cookie, of which nothing goes along with what caches may keep."""

    signing: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """What signs the cookie: the same at every request, so it is made once."""
        self.signing = self.signing or super().get_signing_serializer(app)
        return self.signing

    def save_session(self, app: Flask, session: SessionMixin, response: AnyResponse) -> None:
        """Send the visitor's cookie with every answer that is theirs."""
        if not (_is_good(response) and _view_is("is_shared")):
            super().save_session(app, session, response)  # type: ignore[arg-type]


def register_headers(app: Flask) -> None:
    """Add the headers to every answer."""
    app.session_interface = SessionInterface()
    app.after_request(add_headers)
