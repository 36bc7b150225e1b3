"""A report as a file: the same by page and by command, after corrections too, naming no other."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from tcns.database import db
from tcns.reports.document_queries import current_copy
from tests.letters.samples import text_in
from tests.page import Visitor
from tests.reports.subjects import hold, send, subject
from tests.world import CANARIES, World

Visit = Callable[..., Visitor]
pytestmark = pytest.mark.one_engine


def written_by_command(app: Flask, code: str, layout: str, file: Path) -> bytes:
    """What the command writes into a file."""
    asked = ["reports", "draft", "--area", code, "--period", "2025-06"]
    done = app.test_cli_runner().invoke(args=[*asked, "--format", layout, str(file)])
    assert done.exit_code == 0, done.output
    return file.read_bytes()


@pytest.mark.parametrize("layout", ["docx", "pdf"])
@pytest.mark.parametrize("place", ["commune", "village"])
def test_the_command_writes_the_document_that_the_page_gives(
    app: Flask, visit: Visit, world: World, tmp_path: Path, place: str, layout: str
) -> None:
    owner = {"commune": world.commune_report, "village": world.village_report}[place]
    with app.test_request_context():
        send(world, subject(owner), {"commune": "own", "village": "leader"}[place])
        db.session.commit()
    page = visit("own").get(f"/reports/2025-06/{owner}/document?as={layout}").body
    content = written_by_command(app, world.places[place].code, layout, tmp_path / "report")
    assert text_in(content) == text_in(page)
    assert "Kết quả hoạt động" in text_in(page)


@pytest.mark.parametrize("place", ["commune", "village", "province"])
def test_the_command_writes_all_figures_as_the_page_shows_them(
    app: Flask, world: World, tmp_path: Path, place: str
) -> None:
    content = written_by_command(app, world.places[place].code, "json", tmp_path / "report")
    area = f"area-{world.places[place].id}"
    with app.test_request_context():
        copy = current_copy(subject(world.village_report if place == "village" else area))
    told = {one["key"]: one["value"] for one in json.loads(content)["figures"]}
    assert told == {figure.key: figure.value for figure in copy.figures}


@pytest.mark.parametrize("code", ["99999", "of the quiet village"])
def test_the_command_says_in_one_line_that_there_is_no_such_report(
    app: Flask, world: World, tmp_path: Path, code: str
) -> None:
    asked_for = world.quiet_village.code if code.startswith("of") else code
    asked = ["reports", "draft", "--area", asked_for, "--period", "2025-06", str(tmp_path / "x")]
    done = app.test_cli_runner().invoke(args=asked)
    assert done.exit_code == 1 and f"no report of {asked_for}" in done.output


@pytest.mark.parametrize("layout", ["docx", "pdf"])
def test_a_sent_report_is_printed_again_byte_by_byte_after_a_correction(
    app: Flask, visit: Visit, world: World, layout: str
) -> None:
    url, own = f"/reports/2025-06/{world.commune_report}", visit("own")
    own.get(f"{url}/send").post(f"{url}/send", {})
    first = own.get(f"{url}/document?as={layout}").body
    with app.app_context():
        hold(world, "village", 88)
        db.session.commit()
    again = own.get(f"{url}/document?as={layout}").body
    assert again == first
    if layout == "docx":
        entries = zipfile.ZipFile(io.BytesIO(first)).infolist()
        assert {entry.date_time[0] for entry in entries} == {1980}, "it does not say when"
    assert "+88" in own.get(url).content


def test_the_figures_of_a_report_are_a_workbook_of_what_was_sent(
    app: Flask, visit: Visit, world: World
) -> None:
    url, own = f"/reports/2025-06/{world.commune_report}", visit("own")
    own.get(f"{url}/send").post(f"{url}/send", {})
    with app.test_request_context():
        copy = current_copy(subject(world.commune_report))
        hold(world, "village", 88)
        db.session.commit()
    book = CalamineWorkbook.from_filelike(io.BytesIO(own.get(f"{url}/figures").body))
    rows = book.get_sheet_by_index(0).to_python()
    (head,) = [row for row in rows if "Kỳ này" in row]
    place, name = head.index("Kỳ này"), head.index("Chỉ tiêu")
    told = {row[name]: row[place] for row in rows[rows.index(head) + 1 :]}
    assert told == {figure.label: figure.value for figure in copy.figures}


@pytest.mark.parametrize("persona", ["own", "leader", "member"])
def test_no_page_or_file_of_a_report_names_anything_of_a_neighbour(
    visit: Visit, world: World, persona: str
) -> None:
    visitor = visit(persona)
    owners = [world.village_report, *([world.commune_report] if persona == "own" else [])]
    listed = visitor.get("/reports?period=2025-06").content
    assert [word for word in CANARIES if word in listed] == []
    for url in [f"/reports/2025-06/{owner}" for owner in owners]:
        texts = [
            visitor.get(url).content,
            visitor.get(f"{url}/figures").content,
            text_in(visitor.get(f"{url}/document").body),
            text_in(visitor.get(f"{url}/document?as=pdf").body),
        ]
        assert [word for word in CANARIES for text in texts if word in text] == [], url


def test_a_team_s_document_numbers_its_tables_from_one_and_leaves_out_what_is_nothing(
    visit: Visit, world: World
) -> None:
    text = text_in(visit("leader").get(f"/reports/2025-06/{world.village_report}/document").body)
    assert "Bảng 1. Kết quả theo chỉ tiêu" in text and "Bảng 2" not in text
    before = text_in(visit("leader").get(f"/reports/2023-01/{world.village_report}/document").body)
    assert "Chưa có kết quả theo chỉ tiêu từ đầu năm." in before
