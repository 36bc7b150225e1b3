"""Requests in the log: each has an id, and one that was refused or failed leaves a line.

A line tells which view was asked for, who asked (by number) and what came of it, never what was
sent. The id is the code that error pages show; behind a proxy it is the proxy's own.
"""

import logging
import re
import secrets
import time
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, g, request

from tcns.log_lines import about

WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT")
PARAMETER = re.compile(r"<(?:(?P<converter>\w+)(?:\([^>]*\))?:)?(?P<name>\w+)>")
# The answers before which the record of the address was found: its id is no guess of the visitor.
FOUND = (HTTPStatus.FORBIDDEN, HTTPStatus.INTERNAL_SERVER_ERROR)
# What came of a request, where the error page does not say it more precisely.
ACTIONS = {
    HTTPStatus.BAD_REQUEST: "bad-request",
    HTTPStatus.UNAUTHORIZED: "sign-in-needed",
    HTTPStatus.FORBIDDEN: "forbidden",
    HTTPStatus.NOT_FOUND: "not-found",
    HTTPStatus.METHOD_NOT_ALLOWED: "wrong-method",
    HTTPStatus.CONFLICT: "conflict",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too-large",
    HTTPStatus.TOO_MANY_REQUESTS: "throttled",
    HTTPStatus.INTERNAL_SERVER_ERROR: "fault",
    HTTPStatus.SERVICE_UNAVAILABLE: "put-off",
}

logger = logging.getLogger(__name__)


def request_id() -> str:
    """The id of this request: the proxy's if there is one and it is well-formed, else our own."""
    if "request_id" not in g:
        sent = request.headers.get("X-Request-ID", "") if current_app.config["TCNS"].proxies else ""
        g.request_id = sent if WELL_FORMED.fullmatch(sent) else secrets.token_hex(4)
    return str(g.request_id)


def note_outcome(action: str) -> None:
    """Say in a word, for the line of this request, why it was refused."""
    g.outcome = action


def begin_request() -> None:
    """Note when the request began, and have everything logged meanwhile tell its id."""
    g.begun_at = time.perf_counter_ns()
    about.set({"trace.id": request_id(), "http.request.method": _method()})


def log_request(response: Response) -> Response:
    """Write the line of a request that was refused or failed; of the others where it is asked."""
    status = response.status_code
    is_refused = status >= HTTPStatus.BAD_REQUEST
    if is_refused or current_app.config["TCNS"].log_requests:
        action = g.get("outcome") or ACTIONS.get(HTTPStatus(status), "refused")
        fields = {
            "event.action": action if is_refused else "request",
            "event.outcome": "failure" if is_refused else "success",
            "event.duration": time.perf_counter_ns() - g.get("begun_at", time.perf_counter_ns()),
            "trace.id": request_id(),
            "http.request.method": _method(),
            "http.response.status_code": status,
            **({"url.path": path} if (path := _path(status)) else {}),
            **({"user.id": g.user_id} if "user_id" in g else {}),
        }
        is_fault = status >= HTTPStatus.INTERNAL_SERVER_ERROR
        level = logging.WARNING if is_fault else logging.INFO
        logger.log(level, "request: %s", fields["event.action"], extra={"fields": fields})
    return response


def end_request(_error: BaseException | None) -> None:
    """What this thread logs from now on is about another request."""
    about.set({})


def _method() -> str:
    """The request's method; a word that is none is not repeated."""
    return request.method if request.method in METHODS else "other"


def _path(status: int) -> str:
    """The address's own words, with the numbers and codes of records that were found.

    What a visitor made up stands nowhere: an address we do not have is not told at all.
    """
    rule = request.url_rule
    if rule is None:
        return ""
    is_answered = status < HTTPStatus.BAD_REQUEST
    values = request.view_args or {}

    def fill(found: re.Match[str]) -> str:
        is_known = is_answered or (found["converter"] == "int" and status in FOUND)
        return str(values.get(found["name"], "")) if is_known else f"<{found['name']}>"

    return PARAMETER.sub(fill, rule.rule)


def _leave_to_page(exc_info: Any) -> None:
    """What Flask would log of a fault."""


def register_request_log(app: Flask) -> None:
    """Log around everything else: begin first, and write when the answer is complete."""
    app.before_request(begin_request)
    app.after_request(log_request)
    app.teardown_request(end_request)
    app.jinja_env.globals["request_id"] = request_id
    # The page of a fault logs it, without the values that the library's own line would hold.
    app.log_exception = _leave_to_page  # type: ignore[method-assign]
