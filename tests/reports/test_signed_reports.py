"""The signed paper of a report, and a report that is taken back before it is answered."""

import io
from collections.abc import Callable
from http import HTTPStatus

import pytest
from flask import Flask
from sqlalchemy import select

from tcns.audit.models import AuditEvent
from tcns.clock import now
from tcns.database import db
from tcns.errors import RuleViolation
from tcns.files.store import NoSuchFile, file_store
from tcns.files.strays import delete_strays
from tcns.reports import operations
from tcns.reports.models import Report
from tcns.reports.queries import report_of
from tcns.reports.vocabulary import ReportStatus, StepKind
from tests.page import Page, Visitor
from tests.pictures import CANARY, DOCUMENT, from_a_camera
from tests.reports.subjects import send, subject, user
from tests.world import World

Visit = Callable[..., Visitor]
PDF = "application/pdf"


def attach(visitor: Visitor, url: str, content: bytes, status: HTTPStatus | None = None) -> Page:
    """Choose a file on the page of the report's scan, and press the button."""
    page = visitor.get(f"{url}/scan/attach")
    return page.post(typed={"file": (io.BytesIO(content), "Báo cáo.pdf")}, status=status)


def sent_in_pages(visitor: Visitor, url: str) -> None:
    """Look at a report and send it."""
    visitor.get(f"{url}/send").post(f"{url}/send", {})


@pytest.mark.one_engine
def test_the_scan_of_a_village_s_report_is_seen_by_its_team_its_commune_and_the_province_alone(
    visit: Visit, world: World
) -> None:
    url = f"/reports/2025-06/{world.village_report}"
    leader = visit("leader")
    sent_in_pages(leader, url)
    page = attach(leader, url, DOCUMENT)
    assert "Mở bản quét (tệp PDF)" in page.text
    for persona in ("leader", "member", "own", "reviewer", "auditor"):
        assert visit(persona).download(f"{url}/scan", PDF) == DOCUMENT, persona
    visit("neighbour").get(f"{url}/scan", HTTPStatus.NOT_FOUND)


@pytest.mark.one_engine
def test_a_picture_of_the_signed_page_is_drawn_anew_and_what_is_no_scan_is_refused(
    visit: Visit, world: World
) -> None:
    url, own = f"/reports/2025-06/{world.commune_report}", visit("own", language="en")
    sent_in_pages(own, url)
    refused = attach(own, url, DOCUMENT[:60], HTTPStatus.OK)
    assert "The PDF file is damaged or incomplete." in refused.field_errors["file"]
    attach(own, url, from_a_camera())
    kept = own.get(f"{url}/scan")
    assert kept.content_type == "image/jpeg"
    assert CANARY.encode() not in kept.body


@pytest.mark.one_engine
def test_a_scan_can_be_removed_and_what_became_of_it_is_on_record(
    app: Flask, visit: Visit, world: World
) -> None:
    url, own = f"/reports/2025-06/{world.commune_report}", visit("own")
    sent_in_pages(own, url)
    attach(own, url, DOCUMENT)
    attach(own, url, DOCUMENT + b"\n")
    own.get(f"{url}/scan/attach").post(f"{url}/scan/remove")
    own.get(f"{url}/scan", HTTPStatus.NOT_FOUND)
    with app.app_context():
        events = db.session.scalars(select(AuditEvent.event).order_by(AuditEvent.id))
        kinds = [event for event in events if event.startswith("report:scan")]
    assert kinds == [f"report:scan-{kind}" for kind in ("added", "replaced", "removed")]


@pytest.mark.one_engine
def test_a_scan_needs_a_report_that_is_under_way_and_a_draft_shows_none(
    visit: Visit, world: World
) -> None:
    url, own = f"/reports/2025-06/{world.commune_report}", visit("own")
    attach(own, url, DOCUMENT, HTTPStatus.OK)
    own.get(f"{url}/scan", HTTPStatus.NOT_FOUND)
    sent_in_pages(own, url)
    attach(own, url, DOCUMENT)
    own.get(f"{url}/withdraw").post(f"{url}/withdraw", {"reason": "Ghi nhầm"})
    assert "Mở bản quét" not in own.get(url).text
    sent_in_pages(own, url)
    assert "Mở bản quét" not in own.get(url).text, "another paper is signed for another sending"


@pytest.mark.one_engine
def test_the_nightly_cleaning_leaves_the_scans_that_reports_hold(app: Flask, world: World) -> None:
    with app.test_request_context():
        report = send(world, subject(world.commune_report), "own")
        store = file_store()
        held, stray = (store.put(operations.SCANS, DOCUMENT) for _ in range(2))
        report.scan_key = held
        db.session.flush()
        delete_strays(now())
        assert store.read(held) == DOCUMENT
        with pytest.raises(NoSuchFile):
            store.read(stray)


def test_a_report_is_taken_back_with_its_reason_and_is_a_draft_that_keeps_what_was_sent(
    app: Flask, world: World
) -> None:
    with app.test_request_context():
        one, own = subject(world.commune_report), user(world, "own")
        report = send(world, one, "own")
        operations.withdraw(one, reason="Nhầm số hộ", by=own)
        assert report.state is ReportStatus.DRAFT
        assert [(step.step, step.words) for step in report.steps] == [
            (StepKind.SENT, None),
            (StepKind.WITHDRAWN, "Nhầm số hộ"),
        ]
        assert report.last_sending is not None and report.last_sending.frozen
        event = db.session.query(AuditEvent).order_by(AuditEvent.id.desc()).first()
        assert event is not None and event.event == "report:withdrawn"
        assert {value.field: value.new for value in event.values}["reason"] == "Nhầm số hộ"
        operations.send(one, by=own)
        assert report.state is ReportStatus.SENT


def test_what_was_answered_or_never_sent_is_not_taken_back(app: Flask, world: World) -> None:
    with app.test_request_context():
        one, own = subject(world.commune_report), user(world, "own")
        reviewer = user(world, "reviewer")
        answers: list[Callable[[], Report | None]] = [
            lambda: report_of(one),
            lambda: operations.give_back(one, reason="Bổ sung", by=reviewer),
            lambda: operations.accept(one, by=reviewer),
        ]
        for answer in answers:
            answer()
            with pytest.raises(RuleViolation):
                operations.withdraw(one, reason="Nhầm", by=own)
            report = report_of(one)
            if report is None or report.state is not ReportStatus.ACCEPTED:
                send(world, one, "own")


@pytest.mark.one_engine
def test_the_history_shows_who_took_a_report_back_and_why(visit: Visit, world: World) -> None:
    url, leader = f"/reports/2025-06/{world.village_report}", visit("leader")
    sent_in_pages(leader, url)
    leader.get(f"{url}/withdraw").post(f"{url}/withdraw", {"reason": " "}, status=HTTPStatus.OK)
    page = leader.get(f"{url}/withdraw").post(f"{url}/withdraw", {"reason": "Thiếu một buổi"})
    assert "Thiếu một buổi" in page.text
    assert "Thiếu một buổi" in visit("own").get(url).text
    assert "Xem và gửi" in page.text
