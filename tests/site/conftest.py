"""The site that several modules ask: starting one takes longer than all its answers."""

from collections.abc import Iterator

import pytest

from tests.site.served import Site, serving


@pytest.fixture(scope="session")
def hasty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site whose visitors have two seconds."""
    with serving(tmp_path_factory.mktemp("hasty") / "instance", 2) as site:
        yield site
