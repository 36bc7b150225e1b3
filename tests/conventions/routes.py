"""The routes of the application, as the conventions walk them."""

from functools import cache
from typing import NamedTuple

from flask import Flask

from tests.databases import make_app


class Route(NamedTuple):
    """One method of one rule."""

    method: str
    endpoint: str
    rule: str
    parameters: frozenset[str]

    def __str__(self) -> str:
        return f"{self.method} {self.endpoint}"


@cache
def bare_app() -> Flask:
    """The application without a database, to look at its routes; nobody adds to it."""
    return make_app("sqlite://")


def is_static(endpoint: str) -> bool:
    """Files of ours and of Bootstrap-Flask: no view of the application."""
    return endpoint.rpartition(".")[2] == "static"


def routes(app: Flask) -> list[Route]:
    """Every method of every rule but the static files', in the order of their names."""
    found = [
        Route(method, rule.endpoint, rule.rule, frozenset(rule.arguments))
        for rule in app.url_map.iter_rules()
        if not is_static(rule.endpoint)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    ]
    return sorted(found)
