"""What makes a backup and what puts one back."""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from types import ModuleType

from tcns.activities.photographs.operations import PHOTOGRAPHS
from tcns.backup import postgresql, sqlite
from tcns.backup.archive import BackupRefused, Manifest, read_archive, write_archive
from tcns.clock import now
from tcns.database import db
from tcns.database.schema import known_revisions, present_revision
from tcns.database.versions import renew_versions
from tcns.documents.operations import FOLDER as TEMPLATES
from tcns.files.store import files_directory
from tcns.reports.operations import SCANS as SCANS_OF_REPORTS
from tcns.teams.decisions.scan_operations import SCANS

ENGINES: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgresql}
# The folders of the store that belong to the records: small pictures are drawn anew, and uploaded
# lists are kept for a day.
FOLDERS = (PHOTOGRAPHS, SCANS, SCANS_OF_REPORTS, TEMPLATES)


def create_backup(path: Path) -> Manifest:
    """Write a backup to `path`, which must not exist, while the site runs.

    The file appears whole or not at all. It holds personal data and hashes of passwords, so that
    only its owner can read it (mode 600).
    """
    if path.exists():
        raise BackupRefused(f"{path} exists already.")
    if not path.absolute().parent.is_dir():
        raise BackupRefused(f"there is no directory {path.absolute().parent}.")
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=path.absolute().parent) as staging:
        content, packed = Path(staging, "content"), Path(staging, "packed")
        engine = db.engine.dialect.name
        rows = ENGINES[engine].copy_out(db.engine.url, content)
        copy_files(files_directory(), content / "files")
        manifest = Manifest(now().isoformat(timespec="seconds"), engine, present_revision(), rows)
        write_archive(packed, content, manifest)
        os.replace(packed, path)  # noqa: PTH105
    return manifest


def copy_files(source: Path | None, target: Path) -> None:
    """Copy the folders that belong to the records, those that are there; of a bucket nothing.

    A file that is removed meanwhile has no record any more, and one that is not written whole yet
    has none so far.
    """
    if source is None:
        return
    for folder in FOLDERS:
        for path in (source / folder).glob("*"):
            (target / folder).mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):
                if not path.suffix:
                    shutil.copy2(path, target / folder)


def read_backup(path: Path, staging: Path) -> Manifest:
    """Unpack a backup into `staging` and check it whole; raises BackupRefused."""
    manifest = read_archive(path, staging)
    if manifest.engine != db.engine.dialect.name:
        raise BackupRefused(
            f"the backup is of {manifest.engine}, this installation is on {db.engine.dialect.name}."
        )
    if manifest.revision not in known_revisions():
        raise BackupRefused(
            f"the backup is of another version (migration {manifest.revision or 'none'}): "
            "install that version or a newer one first."
        )
    return manifest


def put_back(staging: Path, manifest: Manifest) -> None:
    """Put a checked backup in the place of what is there: the database, then its files.

    Nothing that a running process keeps of the data before is valid any more.
    """
    db.session.remove()
    db.engine.dispose()
    ENGINES[manifest.engine].put_back(db.engine.url, staging, manifest)
    with db.engine.execution_options(immediate=True).begin() as connection:
        renew_versions(connection)
    swap_files(staging / "files", files_directory(), staging / "replaced")


def swap_files(source: Path, target: Path | None, replaced: Path) -> None:
    """Put the backup's folders in the place of those there, which go to `replaced`; a bucket stays
    as it is.

    They may lie on another disk, so that they are moved and not renamed.
    """
    if target is None:
        return
    replaced.mkdir()
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    for folder in FOLDERS:
        if (target / folder).exists():
            shutil.move(target / folder, replaced / folder)
        if (source / folder).exists():
            shutil.move(source / folder, target / folder)
