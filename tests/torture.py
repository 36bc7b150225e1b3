"""The long forms of the tests: what `make torture` alone has the time for."""

import os

IS_TORTURE = os.environ.get("TCNS_TORTURE") == "1"


def examples(count: int) -> int:
    """How many examples a property is tried on: `count`, and ten times as many in torture."""
    return 10 * count if IS_TORTURE else count


def worlds(count: int) -> int:
    """On how many invented worlds figures are compared: `count`, and in torture 5,000 on each of
    the two engines."""
    return 5_000 if IS_TORTURE else count
