"""What a backup holds comes back whole."""

import tarfile
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import insert, select

from tcns.areas.models import Area
from tcns.areas.vocabulary import Level
from tcns.backup.operations import create_backup
from tcns.clock import now
from tcns.config import Bucket
from tcns.database import db
from tcns.database.versions import Versions, versions
from tcns.files.store import DirectoryStore
from tests.backup.conftest import FILES, PHOTOGRAPH, Installation
from tests.factories import make_area


def test_a_backup_brings_back_every_row_every_photograph_and_every_scan(
    live: Installation, tmp_path: Path
) -> None:
    before = live.state()
    assert live.run("create", tmp_path / "backup").exit_code == 0
    live.lose("attendance", "activity_topic", "role_assignment")
    assert live.state() != before

    restored = live.run("restore", tmp_path / "backup", "--yes")

    assert restored.exit_code == 0, restored.output
    assert live.state() == before


def test_an_empty_installation_takes_a_backup_without_being_asked_twice(
    live: Installation, fresh: Installation, tmp_path: Path
) -> None:
    live.run("create", tmp_path / "backup")
    restored = fresh.run("restore", tmp_path / "backup")
    assert restored.exit_code == 0, restored.output
    assert fresh.state() == live.state()


def test_rows_added_after_a_restore_get_new_ids(live: Installation, tmp_path: Path) -> None:
    live.run("create", tmp_path / "backup")
    live.run("restore", tmp_path / "backup", "--yes")
    with live.app.app_context():
        known = set(db.session.scalars(select(Area.id)))
        assert make_area(Level.COMMUNE) not in known


def test_only_its_owner_can_read_a_backup_and_the_command_says_what_is_in_it(
    live: Installation, tmp_path: Path
) -> None:
    value = live.run("create", tmp_path / "backup").output
    assert (tmp_path / "backup").stat().st_mode & 0o777 == 0o600
    assert "hashes of passwords" in value


def test_a_backup_is_a_plain_tar(live: Installation, tmp_path: Path) -> None:
    live.run("create", tmp_path / "backup")
    with tarfile.open(tmp_path / "backup") as tar:
        names = tar.getnames()
    assert "manifest.json" in names
    assert {f"files/{name}" for name in FILES} <= set(names)


def test_uploaded_lists_small_pictures_and_unfinished_files_are_in_no_backup(
    live: Installation, tmp_path: Path
) -> None:
    store = DirectoryStore(live.instance / "files")
    for folder in ("uploads", "thumbnails"):
        store.write(f"{folder}/{'0' * 32}", b"in no backup")
    (store.root / f"{PHOTOGRAPH}.abcd.part").write_bytes(b"in no backup")
    live.run("create", tmp_path / "backup")
    assert b"in no backup" not in (tmp_path / "backup").read_bytes()


def test_a_backup_says_that_the_files_of_a_bucket_are_not_in_it(
    live: Installation, tmp_path: Path
) -> None:
    bucket = Bucket("https://s3.example.vn", "tcns-hoso", "key", "secret", "us-east-1")
    settings = live.app.config["TCNS"]
    live.app.config["TCNS"] = replace(settings, bucket=bucket)
    told = live.run("create", tmp_path / "backup").output
    assert "Photographs and scans are not in it: they lie in the bucket tcns-hoso" in told
    assert live.run("restore", tmp_path / "backup", "--yes").exit_code == 0


def test_a_backup_never_overwrites_a_file(live: Installation, tmp_path: Path) -> None:
    (tmp_path / "backup").write_text("dear to somebody")
    refused = live.run("create", tmp_path / "backup")
    assert refused.exit_code == 1
    assert "exists already" in refused.output
    assert (tmp_path / "backup").read_text() == "dear to somebody"


def test_a_backup_that_fails_leaves_nothing_behind(
    live: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tcns.backup.operations.write_archive", full_disk)
    failed = live.run("create", tmp_path / "backup")
    assert failed.exit_code == 1
    assert "No space left on device" in failed.output
    assert [path.name for path in tmp_path.iterdir()] == ["instance"]


PAIR = ("replay", "sign_in_attempt")


def write_pairs(app: Flask, stop: threading.Event) -> None:
    """Write one row into each of two tables, in one transaction, again and again."""
    tables = [db.metadata.tables[name] for name in PAIR]
    with app.app_context():
        number = 0
        while not stop.is_set():
            number += 1
            at = now()
            with db.engine.execution_options(immediate=True).begin() as connection:
                rows = ({"user_id": 1, "key": f"{number}", "location": "/", "at": at},)
                connection.execute(insert(tables[0]), rows)
                connection.execute(insert(tables[1]), [{"subject": f"{number}", "at": at}])


def test_a_backup_taken_while_others_write_holds_whole_transactions_only(
    live: Installation, tmp_path: Path
) -> None:
    stop = threading.Event()
    writer = threading.Thread(target=write_pairs, args=(live.app, stop))
    writer.start()
    try:
        with live.app.app_context():
            manifests = [create_backup(tmp_path / f"backup-{n}") for n in range(5)]
    finally:
        stop.set()
        writer.join()
    counts = [[manifest.rows[name] for name in PAIR] for manifest in manifests]
    assert counts[-1][0] > counts[0][0], "nobody wrote meanwhile"
    assert all(first == second for first, second in counts), counts


def test_after_a_restore_nothing_that_was_kept_before_is_found_again(
    live: Installation, tmp_path: Path
) -> None:
    """Not even of the very state that is restored."""

    def state() -> Versions:
        with live.app.app_context():
            found = versions()
        assert found is not None
        return found

    before = state()
    live.run("create", tmp_path / "backup")
    live.run("restore", tmp_path / "backup", "--yes")
    assert not set(before) & set(state())
