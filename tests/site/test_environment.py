"""Making the environment says in one clear line what is missing on the machine."""

import subprocess
import sys
import venv
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tcns.site import environment


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout without an environment; nothing is installed for real."""
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "ENVIRONMENT", tmp_path / ".venv")
    return tmp_path


def test_a_machine_without_the_venv_module_says_what_to_install(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(SystemExit, match="apt install python3-venv"):
        environment.main("runtime")
    assert not (bare / ".venv").exists()


def test_a_python_without_any_venv_module_says_what_to_install() -> None:
    """As in Debian's python3-minimal; a process of its own, since the module is imported there."""
    hidden = "import sys, runpy; sys.modules['venv'] = None; sys.argv[1:] = ['runtime']; "
    script = f"{hidden}runpy.run_path({environment.__file__!r}, run_name='__main__')"
    command = [sys.executable, "-c", script]
    found = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert found.stderr.strip() == environment.NO_VENV


def test_an_unwritable_checkout_says_whose_it_is(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object, **_named: object) -> NoReturn:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(venv, "create", refuse)
    with pytest.raises(
        SystemExit, match=r"cannot be written: Permission denied\. Run this as the owner"
    ):
        environment.main("runtime")


class Machine:
    """Stands for venv and pip: remembers what was asked, and answers as told."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, returncode: int = 0) -> None:
        self.commands: list[list[str]] = []
        self.returncode = returncode
        monkeypatch.setattr(venv, "create", lambda *_given, **_named: None)
        monkeypatch.setattr(subprocess, "run", self.run)

    def run(self, command: list[str], **_named: Any) -> "subprocess.CompletedProcess[str]":
        """What `subprocess.run` does, without doing it."""
        self.commands.append(command)
        return subprocess.CompletedProcess(command, self.returncode)


def test_pip_installs_the_pinned_versions_from_wherever_the_machine_says(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (bare / ".venv").mkdir()
    machine = Machine(monkeypatch)
    environment.main("runtime")
    assert machine.commands[0][1:4] == ["-m", "pip", "install"]
    assert machine.commands[0][-4:] == ["-c", "constraints.txt", "--editable", "."]
    assert not [word for word in machine.commands[0] if "index" in word]
    assert [path.name for path in (bare / ".venv").iterdir()] == ["runtime-installed"]


def test_what_tests_need_includes_what_serving_needs(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (bare / ".venv").mkdir()
    Machine(monkeypatch)
    environment.main("dev")
    stamps = sorted(path.name for path in (bare / ".venv").iterdir())
    assert stamps == ["dev-installed", "runtime-installed"]


def test_a_failed_installation_is_tried_again_next_time(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (bare / ".venv").mkdir()
    Machine(monkeypatch, returncode=1)
    with pytest.raises(SystemExit, match="not installed"):
        environment.main("runtime")
    assert not list((bare / ".venv").iterdir())
