"""Charts need a language and nothing else of the application."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.conventions.routes import bare_app

# How long an example takes says how busy the machine is, and nothing of the chart.
settings.register_profile("without a clock", deadline=None)
settings.load_profile("without a clock")


@pytest.fixture(scope="module", autouse=True)
def in_vietnamese() -> Iterator[None]:
    """A context without any request: everything is said in Vietnamese."""
    with bare_app().app_context():
        yield
