"""What the benchmark's server runs: the application and the floor.

The floor is a signed-in view that makes the same sign-in check and returns the same bytes as the
page it stands beside.
"""

import os
from pathlib import Path

from flask import Flask, Response

from benchmarks.load import FLOOR
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


app = add_floor(create_app())
