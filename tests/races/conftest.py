"""What every race begins with."""

from collections.abc import Callable

import pytest

from tests.page import Page
from tests.races.together import Visit


@pytest.fixture
def opened(visit: Visit) -> Callable[[str], Page]:
    """`opened(url)` is a page in another browser of the official of Hòa An."""
    return lambda url: visit("own", language="en", is_inspecting=False).get(url)
