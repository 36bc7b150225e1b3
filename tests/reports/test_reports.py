"""A report is computed, goes its way up, and stays as it was sent whatever is corrected later."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tcns.activities.models import Activity
from tcns.areas.models import Area
from tcns.areas.vocabulary import Level
from tcns.audit.models import AuditEvent
from tcns.clock import today
from tcns.closings.models import Closing
from tcns.coverage.queries import coverage
from tcns.coverage.questions import Wish, ask
from tcns.database import db
from tcns.errors import RuleViolation
from tcns.files.store import file_store
from tcns.jobs.models import Job
from tcns.jobs.operations import start_job
from tcns.letters.docx import as_docx
from tcns.permissions.scope import EVERYTHING
from tcns.reports import operations
from tcns.reports.comparison_queries import changed_since
from tcns.reports.document_queries import current_copy, current_letter
from tcns.reports.figures import Words, letter_of_values
from tcns.reports.jobs import ARCHIVE, parameters_of, write_archive
from tcns.reports.lateness_queries import Seen, units
from tcns.reports.queries import Subject, report_of, subjects_below
from tcns.reports.vocabulary import ReportStatus
from tcns.teams.models import Team
from tests.factories import make_plan, make_target
from tests.letters.samples import opened, pages_of, through_office
from tests.page import Page, Visitor
from tests.reports.subjects import hold, period, province, send, subject, user
from tests.world import World

Visit = Callable[..., Visitor]


@pytest.mark.parametrize("name", ["2025-06", "2025-Q2", "2025-H1", "2025"])
@pytest.mark.parametrize("place", ["commune", "province"])
def test_a_report_s_figures_are_those_of_coverage(
    app: Flask, world: World, place: str, name: str
) -> None:
    with app.test_request_context():
        one = subject(f"area-{world.places[place].id}", name)
        copy = current_copy(one)
        keys = tuple(figure.key for figure in copy.figures)
        by = Level.VILLAGE if place == "commune" else Level.COMMUNE
        code = world.places[place].code
        wish = Wish(period=one.period, under=code, by=by, measures=keys, map_on=one.map_on)
        total = coverage(EVERYTHING, ask(EVERYTHING, wish)).total.figures
        assert {figure.key: figure.value for figure in copy.figures} == {
            key: total[key] for key in keys
        }


def test_a_team_s_report_counts_its_own_sessions_alone(app: Flask, world: World) -> None:
    with app.test_request_context():
        before = current_copy(subject(world.village_report)).value("participant_count")
        hold(world, "village", 31)
        hold(world, "hamlet", 57)
        copy = current_copy(subject(world.village_report))
        assert copy.value("participant_count") == before + 31
        assert copy.value("membership_count") == 3


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(people=st.lists(st.integers(0, 400), max_size=4), is_renamed=st.booleans())
def test_a_sent_report_never_changes_whatever_is_corrected_later(
    app: Flask, world: World, people: list[int], is_renamed: bool
) -> None:
    with app.test_request_context():
        one = subject(world.commune_report)
        send(world, one, "own")
        sent, letter = current_copy(one), current_letter(one)
        for count in people:
            hold(world, "village", count)
        if is_renamed:
            team = db.session.get_one(Team, world.teams["village"])
            team.name = "Tổ công nghệ số cộng đồng thôn Tên Mới"
            for name in db.session.get_one(Area, world.village.id).names:
                name.name = "Tên Mới"
        db.session.flush()
        assert current_copy(one) == sent
        assert current_letter(one) == letter
        report = report_of(one)
        assert report is not None and report.last_sending is not None
        since = changed_since(one, sent, report.last_sending.at)
        changed = {changed.sent.key: changed.change for changed in since.figures}
        assert changed.get("participant_count", 0) == sum(people)
        assert changed.get("approved_activity_count", 0) == len(people)
        assert bool(since.names) is is_renamed
        db.session.rollback()


@pytest.mark.one_engine
def test_that_a_figure_is_counted_otherwise_by_now_is_told_as_a_cause(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.test_request_context():
        one = subject(world.commune_report)
        report = send(world, one, "own")
        sent = current_copy(one)
        monkeypatch.setitem(
            app.config,
            "TCNS",
            replace(app.config["TCNS"], counts_pending=not app.config["TCNS"].counts_pending),
        )
        db.session.flush()
        assert report.last_sending is not None
        assert current_copy(one) == sent
        since = changed_since(one, sent, report.last_sending.at)
        changed = {figure.sent.key: figure.is_counted_otherwise for figure in since.figures}
        assert changed["activity_count"]


def test_a_report_goes_up_is_returned_sent_again_and_accepted_which_closes_the_month(
    app: Flask, world: World
) -> None:
    with app.test_request_context():
        one = subject(world.commune_report)
        own, reviewer = user(world, "own"), user(world, "reviewer")
        operations.write_words(one, Words("Duy trì hoạt động"), version=None, by=own)
        first = current_copy(one)
        operations.send(one, by=own)
        operations.give_back(one, reason="Nêu nguyên nhân", by=reviewer)
        hold(world, "village", 9)
        report = report_of(one)
        assert report is not None
        operations.write_words(one, Words("Đã nêu nguyên nhân"), version=report.version, by=own)
        operations.send(one, answer="Đã bổ sung", by=own)
        operations.accept(one, by=reviewer)
        kept = [step.frozen["copy"] for step in report.steps if step.frozen]
        assert [copy["words"]["remarks"] for copy in kept] == [
            "Duy trì hoạt động",
            "Đã nêu nguyên nhân",
        ], "each sending keeps a copy of its own"
        assert current_copy(one).value("participant_count") == first.value("participant_count") + 9
        closing = db.session.query(Closing).one()
        assert (closing.area_id, closing.first_day) == (world.commune.id, date(2025, 5, 15))
        events = [event for (event,) in db.session.query(AuditEvent.event).order_by(AuditEvent.id)]
        assert [event for event in events if event.startswith("report:")] == [
            "report:worded",
            "report:sent",
            "report:returned",
            "report:worded",
            "report:sent",
            "report:accepted",
        ]


def test_what_is_under_way_is_neither_written_nor_sent_again(app: Flask, world: World) -> None:
    with app.test_request_context():
        one, own = subject(world.commune_report), user(world, "own")
        send(world, one, "own")
        attempts: list[Callable[[], Any]] = [
            lambda: operations.send(one, by=own),
            lambda: operations.write_words(one, Words("Khác"), version=None, by=own),
        ]
        for attempt in attempts:
            with pytest.raises(RuleViolation):
                attempt()


def test_a_team_s_report_accepted_and_a_quarter_close_no_month(app: Flask, world: World) -> None:
    with app.test_request_context():
        team, quarter = subject(world.village_report), subject(world.commune_report, "2025-Q2")
        send(world, team, "leader")
        operations.accept(team, by=user(world, "own"))
        send(world, quarter, "own")
        operations.accept(quarter, by=user(world, "reviewer"))
        assert db.session.query(Closing).count() == 0


def test_a_period_that_is_not_over_is_not_sent(app: Flask, world: World) -> None:
    with app.test_request_context():
        year = today().year if period(str(today().year)).days.last >= today() else today().year + 1
        running = Subject(db.session.get_one(Area, world.commune.id), None, period(str(year)))
        with pytest.raises(RuleViolation):
            send(world, running, "own")


def test_the_province_adds_up_what_was_sent_and_the_records_of_the_rest(
    app: Flask, world: World
) -> None:
    with app.test_request_context():
        before = current_copy(province(world))
        send(world, subject(world.commune_report), "own")
        hold(world, "village", 100)
        hold(world, "neighbour_village", 7)
        copy = current_copy(province(world))
        participants = copy.by_key["participant_count"]
        assert participants.value == before.value("participant_count") + 7
        assert participants.counted == before.value("participant_count") + 107
        cause = [one for one in copy.differences if one.counted - one.reported == 100]
        assert [one.part for one in cause] == ["Xã Hòa An"]
        assert copy.value("person_count") == copy.by_key["person_count"].counted
        assert sum(part.figures["participant_count"] for part in copy.parts) == participants.value
        assert "Xã Hòa An" not in {part.name for part in copy.not_reported}


def test_who_is_late_is_told_by_days_with_phone_and_message(app: Flask, world: World) -> None:
    with app.test_request_context():
        one = subject(world.commune_report)
        below = subjects_below(EVERYTHING, one)
        found = units(Seen(EVERYTHING, EVERYTHING), below, one.period)
        village = next(unit for unit in found if unit.subject.owner == world.village_report)
        due = date(2025, 6, 17)
        assert village.days_late == (today() - due).days
        assert village.contact.name == "Hoàng Văn Sính"
        assert village.contact.written in ("0912 000 001",)
        assert "Đồng Tâm" in village.message
        report = send(world, village.subject, "leader")
        step = report.last_sending
        assert step is not None
        step.at = step.at.replace(year=2025, month=6, day=20, hour=3)
        found = units(Seen(EVERYTHING, EVERYTHING), below, one.period)
        village = next(unit for unit in found if unit.subject.owner == world.village_report)
        assert (village.days_late, village.is_missing) == (3, False)


@pytest.mark.one_engine
def test_the_way_up_in_pages(app: Flask, visit: Visit, world: World) -> None:
    url = f"/reports/2025-06/{world.village_report}"
    leader, own = visit("leader"), visit("own")
    leader.get(f"{url}/words").post(f"{url}/words", {"difficulties": "Sóng yếu"})
    leader.get(f"{url}/send").post(f"{url}/send", {})
    assert "Sóng yếu" in own.get(url).content
    own.get(f"{url}/return").post(f"{url}/return", {"reason": "Nêu rõ thôn nào"})
    assert "Nêu rõ thôn nào" in leader.get(url).content
    assert "Nêu rõ thôn nào" in leader.get(f"{url}/send").content
    leader.get(f"{url}/send").post(f"{url}/send", {"answer": "Thôn Đồng Tâm"})
    own.get(f"{url}/accept").post(f"{url}/accept", {})
    with app.app_context():
        hold(world, "village", 77)
        db.session.commit()
    page = own.get(url).content
    assert "Thay đổi từ khi gửi" in page and "+77" in page


@pytest.mark.one_engine
def test_a_return_needs_a_reason(visit: Visit, world: World) -> None:
    url = f"/reports/2025-06/{world.commune_report}"
    own, reviewer = visit("own"), visit("reviewer")
    own.get(f"{url}/send").post(f"{url}/send", {})
    reviewer.get(f"{url}/return").post(f"{url}/return", {"reason": " "}, status=HTTPStatus.OK)
    assert "Đã gửi" in own.get(url).content


@pytest.mark.one_engine
def test_two_who_write_at_once_lose_nothing(visit: Visit, world: World) -> None:
    url = f"/reports/2025-06/{world.commune_report}/words"
    first, second = visit("own").get(url), visit("own").get(url)
    first.post(url, {"remarks": "Người thứ nhất"})
    page = second.post(url, {"remarks": "Người thứ hai"}, status=HTTPStatus.OK)
    assert "Người thứ hai" in page.content
    third, fourth = visit("own").get(url), visit("own").get(url)
    third.post(url, {"remarks": "Người thứ ba"})
    page = fourth.post(url, {"remarks": "Người thứ tư"}, status=HTTPStatus.OK)
    assert "Người thứ tư" in page.content and "Người thứ ba" in page.content


@pytest.mark.one_engine
def test_the_last_report_s_words_are_at_hand(visit: Visit, world: World) -> None:
    may = f"/reports/2025-05/{world.commune_report}/words"
    own = visit("own")
    own.get(may).post(may, {"proposals": "Mở lớp chữ ký số", "remarks": "Nhận xét kỳ trước"})
    june = f"/reports/2025-06/{world.commune_report}/words"
    page = own.get(june)
    assert "Mở lớp chữ ký số" in page.content
    typed = {"remarks": "Nhận xét đã gõ", "again": "y"}
    filled = page.post(june, typed, status=HTTPStatus.OK)
    assert written_in(filled)["proposals"] == "Mở lớp chữ ký số"
    assert written_in(filled)["remarks"] == "Nhận xét đã gõ", "what was typed stays"
    assert written_in(own.get(june))["proposals"] == "", "nothing is stored until it is saved"
    filled.post(june, {})
    assert written_in(own.get(june))["proposals"] == "Mở lớp chữ ký số"


def written_in(page: Page) -> dict[str, str]:
    """What stands in the boxes of a page, by their names."""
    return {box.get("name", ""): (box.text or "").strip() for box in page.tree.iter("textarea")}


def test_the_province_sees_how_many_teams_reports_each_commune_has_accepted(
    app: Flask, world: World
) -> None:
    with app.test_request_context():
        one = subject(world.village_report)
        below = subjects_below(EVERYTHING, province(world))
        teams = len(subjects_below(EVERYTHING, subject(world.commune_report)))

        def received() -> tuple[int, int] | None:
            found = units(Seen(EVERYTHING, EVERYTHING), below, one.period)
            commune = next(unit for unit in found if unit.subject.owner == world.commune_report)
            return commune.received

        assert received() == (teams, 0)
        send(world, one, "leader")
        assert received() == (teams, 0), "sent is not received yet"
        operations.accept(one, by=user(world, "own"))
        assert received() == (teams, 1)


@pytest.mark.one_engine
def test_a_document_is_a_draft_until_its_number_is_entered(visit: Visit, world: World) -> None:
    url = f"/reports/2025-06/{world.commune_report}"
    own = visit("own")
    text = " ".join(pages_of(own.get(f"{url}/document?as=pdf").body))
    assert "DỰ THẢO" in text and "tháng 6 năm 2025" in text
    own.get(f"{url}/send").post(f"{url}/send", {})
    own.get(f"{url}/number").post(f"{url}/number", {"number": "15", "issued_on": "2025-06-20"})
    text = " ".join(pages_of(own.get(f"{url}/document?as=pdf").body))
    assert "DỰ THẢO" not in text and "Số: 15/BC-UBND" in text
    assert "ngày 20 tháng 6 năm 2025" in text


def test_targets_and_their_gaps_stand_in_the_report(app: Flask, world: World) -> None:
    with app.test_request_context():
        plan = make_plan(world.province.id, starts_on=date(2025, 1, 1))
        wanted = {"measure": "activity_count", "level": "commune", "due_on": date(2025, 12, 31)}
        make_target(plan, amount=50, is_share=False, **wanted)
        (goal,) = current_copy(subject(world.commune_report)).goals
        assert goal.wanted == "50" and goal.gap == 50 - int(goal.reached)


@pytest.mark.one_engine
def test_libreoffice_prints_a_commune_s_report_as_it_should_look(
    app: Flask, world: World, tmp_path: Path
) -> None:
    with app.test_request_context():
        content = as_docx(current_letter(subject(world.commune_report)))
    tables = opened(content).tables
    assert [len(table.rows) for table in tables[1:2]] == [2 + 4], "head, four parts, the sum"
    text = " ".join(pages_of(through_office(content, tmp_path)))
    for words in ("I. TÌNH HÌNH TỔ CHỨC", "IV. KIẾN NGHỊ", "Thôn Đồng Tâm", "BC-UBND", "Cộng"):
        assert words in text


@pytest.mark.one_engine
def test_a_letter_comes_back_from_what_is_kept_as_it_was(app: Flask, world: World) -> None:
    with app.test_request_context():
        one = subject(world.commune_report)
        report = send(world, one, "own")
        assert report.last_sending is not None
        kept = json.loads(json.dumps(report.last_sending.frozen))
        letter = letter_of_values(kept, "", None)
        assert json.loads(json.dumps(letter.as_values(), default=str)) == kept["letter"]


@pytest.mark.one_engine
def test_all_documents_go_into_one_zip_of_what_the_starter_may_see(
    app: Flask, world: World
) -> None:
    with app.test_request_context():
        one = subject(world.commune_report)
        job = start_job(ARCHIVE, parameters_of(one), by=user(world, "own"))
        result = write_archive(job, lambda _done, _total: None)
        content = file_store().read(result["file_key"])
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
        assert len(names) == len(subjects_below(EVERYTHING, one)) == 3
        stranger = start_job(ARCHIVE, parameters_of(one), by=user(world, "neighbour"))
        with pytest.raises(RuleViolation):
            write_archive(stranger, lambda _done, _total: None)
        db.session.query(Job).filter(Job.id > world.job).delete()


def test_the_first_page_says_what_is_due_and_what_waits(visit: Visit, world: World) -> None:
    assert "hạn gửi" in visit("leader").get("/").content
    assert "hạn gửi" in visit("own").get("/").content


def test_states_and_days_of_late_are_seen_by_who_sends_and_who_receives(
    app: Flask, world: World
) -> None:
    with app.test_request_context():
        send(world, subject(world.commune_report), "own")
        seen = Seen(EVERYTHING, EVERYTHING)
        (unit,) = units(seen, [subject(world.commune_report)], period())
        assert unit.state is ReportStatus.SENT
        assert unit.days_late == (today() - date(2025, 6, 14) - timedelta(days=6)).days
        assert db.session.query(Activity).count()
