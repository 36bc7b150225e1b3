"""Files that people hand in: kept under random keys, in a directory or a bucket alike."""

import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

import pytest
from flask import Flask

from tcns.clock import now
from tcns.config import Bucket
from tcns.files.bucket import BucketStore
from tcns.files.store import DirectoryStore, FileStore, NoSuchFile, StoreUnreachable, file_store
from tests.databases import make_app
from tests.page import Visitor
from tests.processes import s3_service
from tests.world import World, sign_in_key

KEPT, GONE = timedelta(days=-1), timedelta(minutes=1)


@pytest.fixture(scope="module")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bucket]:
    """An empty bucket of an S3 service."""
    with s3_service(tmp_path_factory.mktemp("s3")) as endpoint:
        made = Bucket(endpoint, "tcns", "of the tests", "no secret", "us-east-1")
        BucketStore(made).client.make_bucket(made.name)
        yield made


@pytest.fixture(params=["directory", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    """A store of either kind."""
    if request.param == "directory":
        return DirectoryStore(tmp_path / "files")
    return BucketStore(request.getfixturevalue("bucket"))


def test_a_file_comes_back_as_it_was_under_a_key_that_tells_nothing(store: FileStore) -> None:
    one, other = store.put("uploads", b"a list"), store.put("uploads", b"a list")
    assert one != other
    assert store.read(one) == b"a list"
    store.write(one, b"another")
    assert (store.read(one), store.read(other)) == (b"another", b"a list")


def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    store = DirectoryStore(tmp_path / "files")
    path = store.root / store.put("uploads", b"x")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_deleted_file_is_gone_and_deleting_it_again_does_no_harm(store: FileStore) -> None:
    key = store.put("uploads", b"x")
    store.delete(key)
    store.delete(key)
    with pytest.raises(NoSuchFile):
        store.read(key)


@pytest.mark.parametrize(
    "key", ["", "../secret-key", "uploads/../../x", "uploads/zz", "/etc/passwd"]
)
def test_what_is_no_key_opens_nothing(store: FileStore, key: str) -> None:
    with pytest.raises(NoSuchFile):
        store.read(key)


def test_of_a_folder_what_is_old_and_held_by_nobody_goes(store: FileStore) -> None:
    kept, gone = store.put("scans", b"kept"), store.put("scans", b"gone")
    elsewhere = store.put("photographs", b"elsewhere")
    assert store.delete_others("scans", {kept}, now() + KEPT) == 0
    assert store.delete_others("scans", {kept}, now() + GONE) == 1
    assert (store.read(kept), store.read(elsewhere)) == (b"kept", b"elsewhere")
    with pytest.raises(NoSuchFile):
        store.read(gone)


def test_a_bucket_that_cannot_be_used_is_said_so_and_nothing_of_its_secret(bucket: Bucket) -> None:
    for one in (replace(bucket, name="no-such-bucket"), replace(bucket, endpoint="http://[::1]:9")):
        with pytest.raises(StoreUnreachable) as told:
            BucketStore(one).put("scans", b"x")
        assert bucket.secret_key not in repr((one, told.value))


@pytest.mark.one_engine
def test_an_installation_keeps_its_files_in_the_bucket_that_is_set(
    app: Flask, bucket: Bucket
) -> None:
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    installed = make_app(url, bucket=bucket)
    with installed.app_context():
        store = file_store()
        assert store is file_store(), "one client serves all requests of a process"
        assert BucketStore(bucket).read(store.put("scans", b"x")) == b"x"


@pytest.mark.one_engine
def test_while_the_store_cannot_be_reached_pages_are_served_and_files_are_put_off(
    app: Flask, world: World, bucket: Bucket
) -> None:
    closed = replace(bucket, endpoint="http://[::1]:9")
    installed = make_app(app.config["SQLALCHEMY_DATABASE_URI"], bucket=closed)
    visitor = Visitor(installed, sign_in_key("member"), "en")
    visitor.get(f"/activities/{world.activities['draft']}")
    answer = visitor.get(f"/photographs/{world.photograph}", HTTPStatus.SERVICE_UNAVAILABLE)
    assert answer.response.headers["Retry-After"]
