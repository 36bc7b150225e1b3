"""Fixtures of tests of what is done as a whole."""

import pytest

from tests.page import Visitor
from tests.reversals.bulk import Visit


@pytest.fixture
def official(visit: Visit) -> Visitor:
    """The official of Hòa An, in English."""
    return visit("own", language="en")
