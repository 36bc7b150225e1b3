"""Serve for development (`make dev`): changed code is read again, faults shown, queries counted.

Whoever reaches the debugger may run code, so this answers on loopback alone, whatever the settings
say, and not at all for an installation that serves others. Nothing else imports this module.
"""

import sys
import time
from typing import Any

from flask import Flask, Response, g, has_request_context
from sqlalchemy import Engine, event
from werkzeug.serving import run_simple

from tcns.app import create_app
from tcns.config import ROOT, Settings, settings_from
from tcns.database import db
from tcns.site.server import address
from tcns.site.style_page import blueprint

HOST = "127.0.0.1"
END_OF_PAGE = b"</body>"
REFUSED = (
    "make dev shows a debugger to whoever reaches it: it serves a trial on this machine alone, not "
    "an installation with TCNS_HOSTS or TCNS_PROXIES. Name another one in TCNS_INSTANCE."
)


def serve_development() -> None:
    """Serve on loopback until told to stop; changed code and catalogues are read again."""
    settings = settings_from()
    check_trial(settings)
    run_simple(
        HOST,
        address().port,
        development_app(settings),
        use_reloader=True,
        use_debugger=True,
        threaded=True,
        extra_files=[str(path) for path in (ROOT / "translations").rglob("*.mo")],
    )


def check_trial(settings: Settings) -> None:
    """End the process where others could reach the site."""
    if settings.hosts or settings.proxies:
        sys.exit(REFUSED)


def development_app(settings: Settings) -> Flask:
    """The application with the page of components, its faults left to the debugger, its queries at
    the foot of each page."""
    app = create_app(settings, DEBUG=True)
    app.register_blueprint(blueprint)
    with app.app_context():
        count_queries(db.engine)
    app.after_request(add_query_figures)
    return app


def count_queries(engine: Engine) -> None:
    """Note for each request how many seconds each statement took; BEGIN is no query."""

    def begin(connection: Any, *_given: Any) -> None:
        connection.info["asked_at"] = time.perf_counter()

    def end(connection: Any, _cursor: Any, statement: str, *_given: Any) -> None:
        if has_request_context() and not statement.startswith("BEGIN"):
            taken = time.perf_counter() - connection.info["asked_at"]
            g.setdefault("query_seconds", []).append(taken)

    event.listen(engine, "before_cursor_execute", begin)
    event.listen(engine, "after_cursor_execute", end)


def add_query_figures(response: Response) -> Response:
    """Say at the foot of a page how many queries it asked, and how long they took together."""
    if response.mimetype == "text/html" and not response.is_streamed:
        body, end, rest = response.get_data().rpartition(END_OF_PAGE)
        response.set_data(body + (query_figures() if end else b"") + end + rest)
    return response


def query_figures() -> bytes:
    """The number and the time of the queries of the present request, as a line of a page."""
    seconds: list[float] = g.get("query_seconds", [])
    text = f"{len(seconds)} queries in {sum(seconds) * 1000:.1f} ms"
    return (
        f'<aside class="container-xl small text-body-secondary" lang="en">{text}</aside>\n'.encode()
    )


if __name__ == "__main__":
    serve_development()
