"""Fixtures of the demonstration: the loaded world on both engines."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.demo.loaded import World, demonstration_on


@pytest.fixture
def demonstration(engine: str) -> World:
    """The rows of the world on this engine, to be read."""
    return World(engine)


@pytest.fixture
def demonstration_app(engine: str) -> Iterator[Flask]:
    """The application, bound to a database that holds the world."""
    opened = demonstration_on(engine)
    yield opened.app
    opened.restore()
