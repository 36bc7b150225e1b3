"""The report of a failed test ends with the one command that runs it alone."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests import again, shared
from tests.conventions.sources import ROOT

FAILS_ON_POSTGRESQL = """
import pytest

def test_fails_there(engine):
    print("what the test says itself")
    assert engine == "sqlite"

@pytest.mark.parametrize("width", [360, 1366])
def test_fails_on_a_phone(width):
    assert width != 360, "ngắn quá"

@pytest.fixture
def torn():
    yield
    raise OSError

def test_fails_afterwards(torn):
    pass
"""


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """A folder of tests some of which fail."""
    (tmp_path / "test_planted.py").write_text(FAILS_ON_POSTGRESQL, "utf-8")
    return tmp_path


def run(folder: Path, *words: str) -> str:
    """What pytest prints with the hooks of these tests."""
    options = ("-p", "tests.conftest", "-p", "no:cacheprovider", "-p", "no:xdist", "--rootdir")
    kept = {name: value for name, value in os.environ.items() if name != shared.VARIABLE}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(folder), *words],
        cwd=folder,
        env=kept | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


def test_each_failed_report_ends_with_the_command_that_runs_that_test_alone(planted: Path) -> None:
    printed = run(planted, "test_planted.py")
    commands = re.findall(rf"^-+ {again.TITLE} -+\n(.+)\n(?:_|=)", printed, re.MULTILINE)
    names = [shlex.split(command)[-1] for command in commands]
    assert names == [  # what fails after a test stands before the failures
        "test_planted.py::test_fails_afterwards",
        "test_planted.py::test_fails_there[postgresql]",
        "test_planted.py::test_fails_on_a_phone[360]",
    ]
    for command in commands[1:]:
        assert "= 1 failed in" in run(planted, *shlex.split(command)[3:])


def test_a_name_with_blanks_and_quotes_stays_one_word() -> None:
    name = 'tests/test_x.py::test_it[sqlite-Hòa An\'s "team"]'
    words = shlex.split(again.command(name, is_torture=False))
    assert words == [".venv/bin/python", "-m", "pytest", name]


def test_a_long_form_is_run_again_in_its_long_form() -> None:
    assert again.command("x", is_torture=True).startswith("TCNS_TORTURE=1 ")
