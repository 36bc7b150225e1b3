"""How a failed test is run again, alone: the last words of its report."""

import shlex

from tests.torture import IS_TORTURE

TITLE = "To run this test alone"


def command(node_id: str, *, is_torture: bool = IS_TORTURE) -> str:
    """The command that runs one test, on the engine and at the width it ran with."""
    long_form = "TCNS_TORTURE=1 " if is_torture else ""
    return f"{long_form}.venv/bin/python -m pytest {shlex.quote(node_id)}"
