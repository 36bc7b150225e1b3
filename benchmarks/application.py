"""What the benchmark's server runs: the application, the floor, and the bare server.

The floor is a signed-in view that makes the same sign-in check and returns the same bytes as the
page it stands beside. The bare answer returns them without the application: what server and
client can do at most.
"""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from flask import Flask, Response

from benchmarks.load import BARE, FLOOR
from tcns.app import create_app
from tcns.permissions.guards import signed_in


def recorded(name: str) -> bytes:
    """The bytes a page answered with before the measurement began."""
    return Path(os.environ["TCNS_BENCHMARK_PAGES"], name).read_bytes()


def add_floor(app: Flask) -> Flask:
    """Add the one view that the application does not have."""

    @app.get(f"{FLOOR}<name>")
    @signed_in
    def floor(name: str) -> Response:
        return Response(recorded(name), mimetype="text/html")

    return app


site = add_floor(create_app())


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The application, and beside it the bare answer."""
    if not environ["PATH_INFO"].startswith(BARE):
        return site(environ, start_response)
    body = recorded(environ["PATH_INFO"].removeprefix(BARE))
    start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(body)))])
    return [body]
