"""Charts need a language and nothing else of the application."""

from collections.abc import Iterator

import pytest

from tests.conventions.routes import bare_app


@pytest.fixture(scope="module", autouse=True)
def in_vietnamese() -> Iterator[None]:
    """A context without any request: everything is said in Vietnamese."""
    with bare_app().app_context():
        yield
