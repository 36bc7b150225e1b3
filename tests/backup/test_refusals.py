"""A file that is not exactly a backup of this system is refused, and nothing is touched."""

import os
import signal
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from tcns.backup import archive, operations
from tcns.backup.archive import BackupRefused, Manifest, read_archive, write_archive
from tcns.database import db
from tests.backup.conftest import Installation
from tests.databases import make_app

POSITIONS = 25


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1024])


def truncate_to_the_tar(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 10240 * 10240])


def write_something_else(path: Path) -> None:
    path.write_text("Kính gửi ông bà " * 1000)


def pack_something_else(path: Path) -> None:
    with tarfile.open(path, "w") as tar:
        tar.add(__file__, "manifest.json")


def empty(path: Path) -> None:
    path.write_bytes(b"")


def remove(path: Path) -> None:
    path.unlink()


def make_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


SPOILERS = [
    truncate,
    truncate_to_the_tar,
    write_something_else,
    pack_something_else,
    empty,
    remove,
    make_a_pipe,
]


def test_what_is_no_whole_backup_is_refused_and_nothing_changes(
    live: Installation, tmp_path: Path
) -> None:
    backup, spoiled = tmp_path / "backup", tmp_path / "spoiled"
    live.run("create", backup)
    live.lose("attendance")
    before = live.state()
    for spoil in SPOILERS:
        spoiled.unlink(missing_ok=True)
        spoiled.write_bytes(backup.read_bytes())
        spoil(spoiled)
        refused = live.run("restore", spoiled, "--yes")
        assert refused.exit_code == 1, (spoil, refused.output)
        assert refused.output.count("\n") == 1, "the refusal is one line"
        assert live.state() == before, spoil


def test_one_changed_byte_anywhere_is_refused(live: Installation, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    live.run("create", backup)
    content = backup.read_bytes()
    steps = [len(content) * part // POSITIONS for part in range(POSITIONS)]
    for place in [*steps, *range(len(content) - 90, len(content), 5)]:
        changed = bytearray(content)
        changed[place] ^= 1
        backup.write_bytes(changed)
        with pytest.raises(BackupRefused):
            read_archive(backup, tmp_path / f"staging-{place}")


def test_a_restore_that_would_replace_something_asks_first(
    live: Installation, tmp_path: Path
) -> None:
    live.run("create", tmp_path / "backup")
    live.lose("attendance")
    before = live.state()
    refused = live.run("restore", tmp_path / "backup")
    assert refused.exit_code == 1
    assert "say --yes" in refused.output
    assert live.state() == before


def resealed(backup: Path, staging: Path, **differs: object) -> None:
    """Pack a backup again with another manifest: the seal holds, what it says does not."""
    manifest = read_archive(backup, staging)
    (staging / "manifest.json").unlink(missing_ok=True)
    backup.unlink()
    write_archive(backup, staging, replace(manifest, **differs))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("differs", "reason"),
    [
        ({"format": 2}, "this version reads 1"),
        ({"engine": "oracle"}, "the backup is of oracle"),
        ({"revision": "9999"}, "another version"),
        ({"rows": {"area": 1}}, "other"),
    ],
)
def test_a_sealed_backup_that_does_not_fit_is_refused_and_nothing_changes(
    live: Installation, tmp_path: Path, differs: dict[str, object], reason: str
) -> None:
    live.run("create", tmp_path / "backup")
    resealed(tmp_path / "backup", tmp_path / "staging", **differs)
    before = live.state()

    refused = live.run("restore", tmp_path / "backup", "--yes")

    assert refused.exit_code == 1, refused.output
    assert reason in refused.output
    assert live.state() == before


def test_a_restore_that_breaks_off_half_way_changes_nothing(
    live: Installation, tmp_path: Path
) -> None:
    """The seal and the manifest agree; one table has a row less than it should."""
    backup, staging = tmp_path / "backup", tmp_path / "staging"
    live.run("create", backup)
    manifest = read_archive(backup, staging)
    resealed(backup, tmp_path / "again", rows=manifest.rows | {"user": 999})
    live.lose("attendance")
    before = live.state()
    assert live.run("restore", backup, "--yes").exit_code == 1
    assert live.state() == before


def test_unpacking_writes_nowhere_but_into_its_staging_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, outside = tmp_path / "source", tmp_path / "outside"
    source.mkdir()
    outside.write_text("hostile")
    monkeypatch.setattr(archive, "members_under", lambda _directory: ["../outside"])
    manifest = Manifest("2026-01-01T00:00:00+00:00", "sqlite", "0001", {})
    write_archive(tmp_path / "backup", source, manifest)
    outside.unlink()
    with pytest.raises(BackupRefused, match="no plain file"):
        read_archive(tmp_path / "backup", tmp_path / "staging")
    assert not outside.exists()


@pytest.mark.one_engine
def test_a_place_that_is_not_there_is_said_in_one_line(live: Installation, tmp_path: Path) -> None:
    created = live.run("create", tmp_path / "nowhere" / "backup")
    assert (
        created.output == f"Error: no backup was made: there is no directory {tmp_path}/nowhere.\n"
    )
    restored = live.run("restore", tmp_path / "nowhere")
    assert restored.output == f"Error: nothing was changed: there is no file {tmp_path}/nowhere.\n"


@pytest.mark.one_engine
def test_a_backup_that_is_told_to_end_leaves_nothing_behind(
    live: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told_to_end(*_files: Path) -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    usual = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(operations, "copy_files", told_to_end)
    target = tmp_path / "backups"
    target.mkdir()
    assert "no backup was made" in str(live.run("create", target / "backup").exception)
    assert list(target.iterdir()) == []
    assert signal.getsignal(signal.SIGTERM) is usual


@pytest.mark.one_engine
def test_a_database_out_of_reach_is_said_once(live: Installation, tmp_path: Path) -> None:
    out_of_reach = make_app("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    value = Installation(out_of_reach, live.instance).run("create", tmp_path / "backup").output
    assert value.startswith("Error: no backup was made. The database cannot be used: connection")
    assert not (tmp_path / "backup").exists()


@pytest.mark.one_engine
def test_a_damaged_database_is_said_with_what_to_do_and_a_backup_then_restored(
    live: Installation, tmp_path: Path
) -> None:
    backup, before = tmp_path / "backup", live.state()
    live.run("create", backup)
    with live.app.app_context():
        damaged = Path(str(db.engine.url.database))
        db.session.remove()
        db.engine.dispose()
    damaged.write_bytes(b"no database" * 1000)
    for words in (("create", tmp_path / "another"), ("restore", backup, "--yes")):
        value = live.run(*words).output
        assert value.startswith("Error: no")
        assert value.count("\n") == 1
        assert "Move its file away and restore a backup" in value
    damaged.unlink()
    assert live.run("restore", backup).exit_code == 0
    assert live.state() == before
