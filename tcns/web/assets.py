"""Static files under an address that changes with their content, so that browsers keep them."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from werkzeug.security import safe_join

KEEP_SECONDS = 365 * 24 * 3600


@lru_cache(maxsize=64)
def _fingerprint(folder: str, filename: str) -> str:
    """A short digest of a static file's content; empty when there is no such file."""
    path = safe_join(folder, filename)
    if path is None or not Path(path).is_file():
        return ""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12]


def add_fingerprint(endpoint: str, values: dict[str, Any]) -> None:
    """Put the file's digest behind the address of a static file."""
    if not endpoint.endswith("static") or "filename" not in values:
        return
    blueprint = current_app.blueprints.get(endpoint.rpartition(".")[0])
    folder = (blueprint or current_app).static_folder
    if folder:
        values["v"] = _fingerprint(str(folder), values["filename"])


def register_assets(app: Flask) -> None:
    """Version the addresses of static files and let browsers keep them for a year."""
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = KEEP_SECONDS
    app.url_defaults(add_fingerprint)
