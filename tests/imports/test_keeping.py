"""What is kept of a file, for how long, and what of it never leaves the file at all."""

import io
import json
import logging
import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from tcns.clock import now
from tcns.database import db
from tcns.imports.models import Import, ImportRow
from tests.imports.files import workbook
from tests.page import Page, Visitor
from tests.world import World

Visit = Callable[..., Visitor]
HEADINGS = (
    *("Họ và tên", "Số CCCD", "Dân tộc", "Đảng viên", "Vai trò", "Thôn", "Từ ngày", "Sở trường"),
    "Liên hệ Zalo",
)
CANARIES = ("Canarycccd 008085001234", "Canarydantoc", "Canarydangvien", "Canarysotruong")
PHONE_CANARY = "0977123987"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def empty_store(app: Flask) -> None:
    """No list of another test lies in the store."""
    shutil.rmtree(app.config["TCNS"].files_directory / "uploads", ignore_errors=True)


def canary_file() -> bytes:
    """A list with columns that nobody keeps, a village left blank, and one row that is wrong."""
    private = CANARIES[:3]
    return workbook(
        HEADINGS,
        ("Lò Thị Mới", *private, "tv", "Đồng Tâm", "01/03/2024", CANARIES[3], PHONE_CANARY),
        ("Lò Thị Hai", *private, "tv", None, "01/03/2024", CANARIES[3], PHONE_CANARY),
        ("Lò Thị Ba", *private, "tv", "Đồng Tâm", "32/13/2024", CANARIES[3], PHONE_CANARY),
    )


def upload(visitor: Visitor, content: bytes, name: str = "ds.xlsx") -> Page:
    page = visitor.get("/imports/new")
    return page.post(typed={"kind": "members", "file": (io.BytesIO(content), name)})


def everything_written() -> str:
    """All that the tables hold, as text."""
    return "\n".join(
        json.dumps(value, ensure_ascii=False, default=str)
        for table in db.metadata.sorted_tables
        for row in db.session.execute(select(table))
        for value in row
    )


def files(app: Flask) -> list[Path]:
    """The files that lie in the store."""
    folder: Path = app.config["TCNS"].files_directory / "uploads"
    return sorted(folder.glob("*"))


def purge(app: Flask) -> str:
    """What the command says."""
    result = app.test_cli_runner().invoke(args=["imports", "purge"])
    assert result.exit_code == 0, result.output
    return result.output


def leave_alone(app: Flask, days: float) -> None:
    """As if nobody had gone on with any file for some days."""
    with app.app_context():
        db.session.execute(update(Import).values(touched_at=now() - days * DAY))
        db.session.commit()


def test_columns_that_no_field_is_taken_from_reach_neither_database_nor_pages_nor_logs(
    app: Flask, visit: Visit, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    visitor = visit("own")
    columns = upload(visitor, canary_file())
    found = columns.post()
    mending = visitor.get(f"{found.url}/mend")
    applying = visitor.get(f"{found.url}/apply")
    with app.app_context():
        written = everything_written()
    for canary in (*CANARIES, PHONE_CANARY):
        assert canary not in written
        assert canary not in caplog.text
        for page in (columns, found, mending, applying):
            assert canary not in page.body.decode(), page.url


def test_a_file_goes_some_days_after_it_was_left_and_its_rows_later(
    app: Flask, visit: Visit
) -> None:
    found = upload(visit("own"), canary_file()).post()
    assert len(files(app)) == 1
    purge(app)
    leave_alone(app, 0.9)
    purge(app)
    assert len(files(app)) == 1, "not before its day is over"
    leave_alone(app, 1.1)
    assert "Deleted 1 uploaded files, 0 rows" in purge(app)
    assert files(app) == []
    assert "Lò Thị Mới" in found.visitor.get(found.url).text, "what was found is still shown"
    leave_alone(app, 31)
    assert "0 uploaded files, 4 rows" in purge(app), "three, and the one of the world"
    with app.app_context():
        assert db.session.scalars(select(ImportRow)).all() == []
        assert "Lò Thị" not in everything_written()
        assert db.session.scalars(select(Import).filter_by(file_name="ds.xlsx")).one()
    found.visitor.get(found.url)


def test_whoever_goes_on_with_a_file_has_it_for_another_day(app: Flask, visit: Visit) -> None:
    columns = upload(visit("own"), canary_file())
    leave_alone(app, 1.1)
    columns.post()
    purge(app)
    assert len(files(app)) == 1


def test_checking_anew_what_is_not_kept_says_so(app: Flask, visit: Visit) -> None:
    columns = upload(visit("own", language="en"), canary_file())
    leave_alone(app, 2)
    purge(app)
    assert "The file itself is not kept any more. Upload it again." in columns.post().text


def test_a_deleted_import_takes_its_file_with_it(app: Flask, visit: Visit) -> None:
    columns = upload(visit("own"), canary_file())
    columns.visitor.get(columns.url.replace("columns", "delete")).post()
    assert files(app) == []


def test_files_without_a_record_go_after_a_day(app: Flask, visit: Visit) -> None:
    upload(visit("own"), canary_file())
    (kept,) = files(app)
    stray = kept.with_name("0" * 32)
    cut_off = kept.with_suffix(".part")
    for path in (stray, cut_off):
        path.write_bytes(b"x")
    assert "0 stray files" in purge(app)
    two_days_ago = (now() - 2 * DAY).timestamp()
    for path in files(app):
        os.utime(path, (two_days_ago, two_days_ago))
    assert "2 stray files" in purge(app)
    assert files(app) == [kept]


@pytest.mark.parametrize("persona", ["administrator", "neighbour"])
def test_nobody_else_reaches_an_uploaded_file(
    app: Flask, visit: Visit, world: World, persona: str
) -> None:
    found = upload(visit("own"), canary_file()).post()
    for path in ("", "/columns", "/mend", "/bad-rows", "/apply", "/delete"):
        visit(persona).get(f"{found.url}{path}", HTTPStatus.NOT_FOUND)
