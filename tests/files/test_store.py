"""Files that people hand in: kept under random keys, whole or not at all."""

import stat
from pathlib import Path

import pytest

from tcns.files.store import DirectoryStore, NoSuchFile


@pytest.fixture
def store(tmp_path: Path) -> DirectoryStore:
    return DirectoryStore(tmp_path / "files")


def test_a_file_comes_back_as_it_was_under_a_key_that_tells_nothing(store: DirectoryStore) -> None:
    one, other = store.put("uploads", b"a list"), store.put("uploads", b"a list")
    assert one != other
    assert store.read(one) == b"a list"


def test_only_its_owner_can_read_it(store: DirectoryStore) -> None:
    path = store.root / store.put("uploads", b"x")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_deleted_file_is_gone_and_deleting_it_again_does_no_harm(store: DirectoryStore) -> None:
    key = store.put("uploads", b"x")
    store.delete(key)
    store.delete(key)
    with pytest.raises(NoSuchFile):
        store.read(key)


@pytest.mark.parametrize(
    "key", ["", "../secret-key", "uploads/../../x", "uploads/zz", "/etc/passwd"]
)
def test_what_is_no_key_opens_nothing(store: DirectoryStore, key: str) -> None:
    with pytest.raises(NoSuchFile):
        store.read(key)
