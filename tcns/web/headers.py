"""Security headers on every answer, errors included."""

from http import HTTPStatus

from flask import Flask, Response, current_app, request

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


def add_headers(response: Response) -> Response:
    """Close what a browser would otherwise leave open; keep pages out of shared caches.

    A file may have a policy of its own, which is closer still.
    """
    own_policy = response.headers.get(POLICY_HEADER, POLICY)
    response.headers.update({**HEADERS, POLICY_HEADER: own_policy})
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers["Strict-Transport-Security"] = f"max-age={ONE_YEAR}; includeSubDomains"
    # That there is no such file is said by a page, which names the visitor.
    is_file = (request.endpoint or "").endswith(
        "static"
    ) and response.status_code < HTTPStatus.BAD_REQUEST
    if not is_file:
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("Cookie")
    return response


def register_headers(app: Flask) -> None:
    """Add the headers to every answer."""
    app.after_request(add_headers)
