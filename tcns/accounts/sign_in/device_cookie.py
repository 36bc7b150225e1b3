"""The browser's own lasting key: by it an account knows the devices it was signed in to from.

It opens nothing. Whoever holds it is counted apart from strangers when they try to sign in.
"""

from typing import Any

from flask import current_app, make_response, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug import Response

from tcns.accounts.sign_in.throttling import Asker

ONE_YEAR = 365 * 24 * 3600


def asker() -> Asker:
    """Who asks: the client's address, behind the configured proxies, and the key of its device."""
    return Asker(request.remote_addr, _device_key())


def keep_device(answer: Any, key: str) -> Response:
    """The answer, with which the browser keeps the key of its device for a year."""
    response: Response = make_response(answer)
    response.set_cookie(
        _name(),
        _signer().dumps(key),
        max_age=ONE_YEAR,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


def _device_key() -> str | None:
    """The key that the cookie holds, if we signed it."""
    try:
        return str(_signer().loads(request.cookies.get(_name(), "")))
    except BadSignature:
        return None


def _signer() -> URLSafeSerializer:
    """What signs the cookie."""
    return URLSafeSerializer(str(current_app.secret_key), salt="device")


def _name() -> str:
    """What the cookie is called: like that of the session, bound to the host over TLS."""
    return str(current_app.config["SESSION_COOKIE_NAME"]).replace("session", "device")
