"""The scan of a decision: attached by who may correct it, opened by whoever may see it."""

import io
from collections.abc import Callable
from http import HTTPStatus

import pytest
from flask import Flask
from sqlalchemy import select

from tcns.audit.models import AuditEvent
from tcns.database import db
from tcns.files.documents import LARGEST_DOCUMENT, Fault, UnusableDocument, check_document
from tcns.teams.models import EstablishingDecision
from tests.page import Page, Visitor
from tests.pictures import CANARY, DOCUMENT, from_a_camera, opened, picture
from tests.world import World

Visit = Callable[..., Visitor]
pytestmark = pytest.mark.one_engine


def attach(
    visitor: Visitor, decision_id: int, content: bytes, *, status: HTTPStatus | None = None
) -> Page:
    """Choose a file on the page of the decision's scan, and press the button."""
    page = visitor.get(f"/decisions/{decision_id}/scan/attach")
    return page.post(typed={"file": (io.BytesIO(content), "Quyết định.pdf")}, status=status)


def scan_of(app: Flask, decision_id: int) -> str | None:
    """The key of the scan of a decision."""
    with app.app_context():
        return db.session.get_one(EstablishingDecision, decision_id).scan_key


def events_on(app: Flask, decision_id: int) -> list[str]:
    """What was put on record of a decision, the first one first."""
    with app.app_context():
        query = select(AuditEvent.event).filter_by(
            object_type="establishing_decision", object_id=decision_id
        )
        return list(db.session.scalars(query.order_by(AuditEvent.id)))


def test_a_pdf_comes_back_as_it_was_as_a_file_to_be_kept(visit: Visit, world: World) -> None:
    decision, official = world.decisions["commune"], visit("own", language="en")
    sent = DOCUMENT + b"\n"
    page = attach(official, decision, sent)
    assert "The scan is attached." in page.text
    for persona in ("own", "member", "auditor"):
        assert visit(persona).download(f"/decisions/{decision}/scan", "application/pdf") == sent


def test_a_picture_is_drawn_anew_large_enough_to_be_read(visit: Visit, world: World) -> None:
    decision, official = world.decisions["commune"], visit("own", language="en")
    attach(official, decision, from_a_camera(2480, 1754))
    kept = official.get(f"/decisions/{decision}/scan")
    assert kept.content_type == "image/jpeg"
    assert opened(kept.body).size == (1754, 2480)
    assert CANARY.encode() not in kept.body
    assert "Open the scan (picture)" in official.get(f"/decisions/{decision}").text


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty."),
        (b"<html>%PDF-1.7 %%EOF</html>", "This is no picture that can be shown"),
        (DOCUMENT[:60], "The PDF file is damaged or incomplete."),
        (picture()[:300], "The picture is damaged"),
    ],
    ids=["empty", "renamed", "half a PDF", "half a picture"],
)
def test_what_is_no_scan_is_refused_with_its_reason_and_the_old_one_stays(
    app: Flask, visit: Visit, world: World, content: bytes, told: str
) -> None:
    decision = world.decisions["commune"]
    before = scan_of(app, decision)
    page = attach(visit("own", language="en"), decision, content, status=HTTPStatus.OK)
    assert told in page.field_errors["file"]
    assert scan_of(app, decision) == before


def test_a_pdf_is_ten_megabytes_at_most() -> None:
    with pytest.raises(UnusableDocument) as refused:
        check_document(b"%PDF-1.7" + b" " * LARGEST_DOCUMENT + b"%%EOF")
    assert refused.value.fault is Fault.SIZE


def test_what_becomes_of_a_scan_is_on_record(app: Flask, visit: Visit, world: World) -> None:
    decision, official = world.decisions["commune"], visit("own", language="en")
    attach(official, decision, picture())
    removed = official.get(f"/decisions/{decision}/scan/attach").post(
        f"/decisions/{decision}/scan/remove"
    )
    assert "The scan is removed." in removed.text
    official.get(f"/decisions/{decision}/scan", HTTPStatus.NOT_FOUND)
    attach(official, decision, DOCUMENT)
    kinds = ["replaced", "removed", "added"]
    assert events_on(app, decision)[-3:] == [f"decision:scan-{kind}" for kind in kinds]
    history = official.get(f"/decisions/{decision}/history").text
    assert "Quyết định.pdf" in history
    assert "PDF document" in history


def test_a_scan_that_another_replaced_meanwhile_is_not_replaced_unseen(
    app: Flask, visit: Visit, world: World
) -> None:
    decision, official = world.decisions["commune"], visit("own", language="en")
    page = official.get(f"/decisions/{decision}/scan/attach")
    attach(visit("administrator"), decision, picture())
    kept = scan_of(app, decision)
    answer = page.post(typed={"file": (io.BytesIO(DOCUMENT), "x.pdf")}, status=HTTPStatus.OK)
    assert "saved this in the meantime" in answer.text
    assert scan_of(app, decision) == kept
