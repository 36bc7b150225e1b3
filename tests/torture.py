"""The long forms of the tests: what `make torture` alone has the time for."""

import os

IS_TORTURE = os.environ.get("TCNS_TORTURE") == "1"


def examples(count: int) -> int:
    """How many examples a property is tried on: `count`, and ten times as many in torture."""
    return 10 * count if IS_TORTURE else count
