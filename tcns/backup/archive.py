"""The backup file: a sealed tar with a manifest."""

import hashlib
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import IO

FORMAT = 1
MANIFEST = "manifest.json"
SEAL = b"\nTCNS backup, SHA-256 %s\n"
SEAL_BYTES = len(SEAL % hashlib.sha256().hexdigest().encode())
CHUNK_BYTES = 1024 * 1024


class BackupRefused(Exception):
    """The file cannot be used, or may not be; the message tells whoever asked why."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: made when (UTC, ISO 8601), on which engine, at which migration.

    `rows` counts the rows of each table, `digests` gives the SHA-256 of each member of the tar.
    """

    made_at: str
    engine: str
    revision: str
    rows: dict[str, int]
    digests: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def row_count(self) -> int:
        """How many rows the tables hold together."""
        return sum(self.rows.values())


class HashedFile:
    """A file that computes the SHA-256 of what is written to it, or read from it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.hash = hashlib.sha256()

    def write(self, chunk: bytes) -> int:
        """Write and add to the digest."""
        self.hash.update(chunk)
        return self.file.write(chunk)

    def read(self, size: int = -1) -> bytes:
        """Read and add to the digest."""
        chunk = self.file.read(size)
        self.hash.update(chunk)
        return chunk


def write_archive(path: Path, directory: Path, manifest: Manifest) -> None:
    """Pack everything under `directory`, and the manifest, into a sealed file of mode 600."""
    with create_private(path) as file:
        sealed = HashedFile(file)
        with tarfile.open(fileobj=sealed, mode="w|", format=tarfile.PAX_FORMAT) as tar:  # type: ignore[call-overload]
            names = members_under(directory)
            digests = {name: add_member(tar, directory / name, name) for name in names}
            write_manifest(tar, directory, replace(manifest, digests=digests))
        file.write(SEAL % sealed.hash.hexdigest().encode())
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def create_private(path: Path) -> Iterator[IO[bytes]]:
    """A new file that only its owner can read, from its first moment."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        yield file


def members_under(directory: Path) -> list[str]:
    """The files under a directory, by their path in it."""
    found = (path for path in directory.rglob("*") if path.is_file())
    return sorted(path.relative_to(directory).as_posix() for path in found)


def add_member(tar: tarfile.TarFile, path: Path, name: str) -> str:
    """Add a file to the tar; the SHA-256 of what went in."""
    with path.open("rb") as file:
        hashed = HashedFile(file)
        member = tarfile.TarInfo(name)
        member.size, member.mode = os.fstat(file.fileno()).st_size, 0o600
        tar.addfile(member, hashed)
    return hashed.hash.hexdigest()


def write_manifest(tar: tarfile.TarFile, directory: Path, manifest: Manifest) -> None:
    """Add the manifest, last, when the digests of the others are known."""
    path = directory / MANIFEST
    path.write_text(json.dumps(asdict(manifest), indent=1), "utf-8")
    add_member(tar, path, MANIFEST)


def read_archive(path: Path, directory: Path) -> Manifest:
    """Unpack a backup into `directory`; raises BackupRefused unless every byte is as it was."""
    check_seal(path)
    try:
        with tarfile.open(path, "r:") as tar:
            manifest = read_manifest(tar)
            for name, digest in manifest.digests.items():
                extract_member(tar, name, digest, directory)
    except (tarfile.TarError, KeyError, TypeError, ValueError) as error:
        raise BackupRefused(f"{path} is not a backup of this system: {error}") from error
    return manifest


def check_seal(path: Path) -> None:
    """Compare the seal with the bytes before it."""
    if not path.is_file():
        raise BackupRefused(f"there is no file {path}.")
    size = path.stat().st_size - SEAL_BYTES
    with path.open("rb") as file:
        sealed = HashedFile(file)
        for start in range(0, max(size, 0), CHUNK_BYTES):
            sealed.read(min(CHUNK_BYTES, size - start))
        seal = file.read()
    prefix, suffix = SEAL.split(b"%s")
    if size < 0 or not (seal.startswith(prefix) and seal.endswith(suffix)):
        raise BackupRefused(f"{path} is no backup of this system, or its end is missing.")
    if seal != SEAL % sealed.hash.hexdigest().encode():
        raise BackupRefused(f"{path} is damaged: its checksum does not match what it holds.")


def read_manifest(tar: tarfile.TarFile) -> Manifest:
    """The manifest, if it is of a format this version reads."""
    member = tar.extractfile(MANIFEST)
    content = json.load(member) if member else {}
    if content.get("format") != FORMAT:
        raise BackupRefused(
            f"the backup has format {content.get('format')}; this version reads {FORMAT}."
        )
    return Manifest(**content)


def extract_member(tar: tarfile.TarFile, name: str, digest: str, directory: Path) -> None:
    """Unpack one member, nowhere but under `directory`, and compare its digest."""
    target = (directory / name).resolve()
    source = tar.extractfile(name)
    if source is None or not target.is_relative_to(directory.resolve()):
        raise BackupRefused(f"the backup holds something that is no plain file: {name}")
    target.parent.mkdir(parents=True, exist_ok=True)
    with source, create_private(target) as file:
        hashed = HashedFile(file)
        while chunk := source.read(CHUNK_BYTES):
            hashed.write(chunk)
    if hashed.hash.hexdigest() != digest:
        raise BackupRefused(f"the backup is damaged: {name} is not what its manifest says.")
