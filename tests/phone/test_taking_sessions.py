"""A session that a phone sends: on file once, or refused and said why, never lost in between."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask

from tcns.accounts.models import User
from tcns.activities.models import Activity
from tcns.areas.models import Area
from tcns.clock import now, today
from tcns.closings.operations import close_month, reopen_month
from tcns.database import db, writing
from tcns.i18n import format_day
from tcns.periods import PeriodKind, period_holding
from tcns.teams.models import Membership, Team
from tests.activities.entering import count_of, events_on, newest, row_of
from tests.databases import fingerprint
from tests.factories import make_activity
from tests.faults import read_only
from tests.page import Visitor
from tests.phone.sending import ACCOUNT, JSON, SESSIONS, SNAPSHOT, Phone, session_of, told
from tests.world import World

Visit = Callable[..., Visitor]
PhoneOf = Callable[..., Phone]


@pytest.fixture
def phone_of(visit: Visit) -> PhoneOf:
    """`phone_of("member")` is that persona's phone."""
    return lambda persona, **how: Phone(visit(persona, is_inspecting=False, **how))


@pytest.fixture
def session(world: World) -> dict[str, Any]:
    """A session of Đồng Tâm."""
    return session_of(world.teams["village"])


def test_a_session_sent_ten_times_is_on_file_once_and_answered_alike(
    phone_of: PhoneOf, app: Flask, session: dict[str, Any]
) -> None:
    phone, before = phone_of("member"), count_of(app)
    answers = [phone.send(session) for _time in range(10)]
    assert {answer["outcome"] for answer in answers} == {"accepted"}
    assert len({answer["address"] for answer in answers}) == 1
    assert count_of(app) == before + 1
    row = row_of(app, newest(app))
    assert (row["status"], row["participant_count"]) == ("submitted", 12)
    assert events_on(app, row["id"]) == ["activity:logged", "activity:submitted"]


@pytest.mark.one_engine
def test_what_the_clock_of_the_phone_says_is_kept_as_its_claim_and_refuses_nothing(
    phone_of: PhoneOf, app: Flask, session: dict[str, Any]
) -> None:
    claims = {"device_logged_at": "1970-01-01T00:01:00Z", "device_sent_at": "1970-01-01T00:02:00Z"}
    assert phone_of("member").send(session | claims)["outcome"] == "accepted"
    with app.app_context():
        row = db.session.get_one(Activity, newest(app))
        assert row.is_clock_off
        assert row.entered_at.year > 2000
    again = session | {"device_sent_at": now().isoformat()}
    assert phone_of("member").send(again)["outcome"] == "accepted", "a claim is no content"


@pytest.mark.one_engine
def test_after_a_server_that_could_not_write_it_is_sent_again_and_on_file_once(
    phone_of: PhoneOf, app: Flask, session: dict[str, Any]
) -> None:
    phone, before = phone_of("member"), count_of(app)
    with read_only(app):
        answer = phone.hand_in(session)
    assert answer.status is HTTPStatus.SERVICE_UNAVAILABLE
    assert int(answer.response.headers["Retry-After"]) > 0
    assert count_of(app) == before
    assert phone.send(session)["outcome"] == "accepted"
    assert count_of(app) == before + 1


@pytest.mark.one_engine
def test_the_same_key_with_other_content_shows_both_and_writes_nothing(
    phone_of: PhoneOf, app: Flask, session: dict[str, Any], world: World
) -> None:
    phone = phone_of("member", language="en")
    phone.send(session, helpers=[world.memberships["leader"]])
    before = fingerprint(app)
    answer = phone.send(session, participant_count="38")
    assert answer["outcome"] == "conflict"
    differing = {each["label"]: each for each in answer["fields"] if each["differs"]}
    assert differing.keys() == {"Participants", "Who helped"}
    assert (differing["Participants"]["saved"], differing["Participants"]["sent"]) == ("12", "38")
    days = [each for each in answer["fields"] if each["label"] == "Held on"]
    assert [(each["saved"], each["sent"]) for each in days] == [(format_day(today()),) * 2]
    assert fingerprint(app) == before


@pytest.mark.one_engine
def test_the_version_of_the_phone_replaces_the_one_that_was_looked_at_and_no_later_one(
    phone_of: PhoneOf, app: Flask, session: dict[str, Any]
) -> None:
    phone, before = phone_of("member"), count_of(app)
    phone.send(session)
    mine = session | {"participant_count": "38"}
    version = phone.send(mine)["version"]
    answers = [phone.send(mine, replaces=version) for _time in range(3)]
    assert [answer["outcome"] for answer in answers] == ["accepted"] * 3
    assert row_of(app, newest(app))["participant_count"] == 38
    late = phone.send(session | {"participant_count": "40"}, replaces=version)
    assert late["outcome"] == "conflict"
    assert row_of(app, newest(app))["participant_count"] == 38
    assert count_of(app) == before + 1
    logged = ["activity:logged", "activity:submitted", "activity:corrected"]
    assert events_on(app, newest(app)) == logged


@pytest.mark.one_engine
def test_another_session_under_a_new_key_stands_beside_the_first(
    phone_of: PhoneOf, app: Flask, session: dict[str, Any], world: World
) -> None:
    phone, before = phone_of("member"), count_of(app)
    phone.send(session)
    other = session_of(world.teams["village"], participant_count="38")
    assert phone.send(other)["outcome"] == "accepted"
    assert count_of(app) == before + 2


@pytest.mark.one_engine
def test_what_is_wrong_is_said_field_by_field_in_the_persons_language(
    phone_of: PhoneOf, app: Flask, session: dict[str, Any]
) -> None:
    before, tomorrow = count_of(app), (today() + timedelta(days=1)).isoformat()
    for language, label in (("vi", "Nữ"), ("en", "Women")):
        phone = phone_of("member", language=language)
        answer = phone.send(session, held_on=tomorrow, women_count="99", amount_999999="1")
        assert answer["outcome"] == "refused"
        fields = {each["field"]: each for each in answer["fields"]}
        assert {"held_on", "women_count"} <= fields.keys()
        assert fields["women_count"]["label"] == label
    amount = phone.send(session, amount_999999="1")
    assert [each["field"] for each in amount["fields"]] == ["amount_999999"]
    assert count_of(app) == before


@pytest.mark.one_engine
def test_doubted_figures_are_asked_after_and_taken_once_they_are_confirmed(
    phone_of: PhoneOf, session: dict[str, Any], make: Callable[..., Any], world: World
) -> None:
    for days in range(1, 7):
        held_on = today() - timedelta(days=days)
        facts = {"status": "approved", "participant_count": 10, "held_on": held_on}
        make(make_activity, world.teams["village"], world.users["member"], **facts)
    phone = phone_of("member")
    answer = phone.send(session, participant_count="900")
    assert [each["field"] for each in answer["fields"]] == ["is_confirmed"]
    assert phone.send(session, participant_count="900", is_confirmed="y")["outcome"] == "accepted"


@pytest.mark.one_engine
@pytest.mark.parametrize("persona", ["leader", "own", "neighbour"])
def test_what_another_account_logged_is_taken_from_nobody_else(
    phone_of: PhoneOf, app: Flask, session: dict[str, Any], persona: str
) -> None:
    member, other, before = phone_of("member"), phone_of(persona), count_of(app)
    assert other.send(session, owner=member.owner) == {"outcome": "not_mine"}
    assert other.send(session, owner="") == {"outcome": "not_mine"}
    assert count_of(app) == before
    member.send(session)
    before = fingerprint(app)
    answer = other.send(session, participant_count="38", replaces="1")
    assert answer["outcome"] == "refused"
    assert fingerprint(app) == before


@pytest.mark.one_engine
def test_nobody_logs_for_a_team_that_is_not_theirs(
    phone_of: PhoneOf, app: Flask, world: World
) -> None:
    phone, before = phone_of("member"), fingerprint(app)
    answer = phone.send(session_of(world.teams["neighbour"]))
    assert [each["field"] for each in answer["fields"]] == ["held_on"]
    for wrong in ("", "x", "0", "9" * 30):
        assert phone.send(session_of(world.teams["village"], team=wrong))["outcome"] == "refused"
    assert fingerprint(app) == before


@pytest.mark.one_engine
def test_a_session_of_a_team_that_was_dissolved_meanwhile_is_taken_for_its_day(
    phone_of: PhoneOf, app: Flask, world: World
) -> None:
    held_on = today() - timedelta(days=9)
    with app.app_context():
        team = db.session.get_one(Team, world.teams["village"])
        for one in (team, *team.memberships):
            one.valid_to = one.valid_to or today() - timedelta(days=5)
        db.session.commit()
    phone = phone_of("member")
    late = session_of(team_id := world.teams["village"], held_on=held_on.isoformat())
    assert phone.send(late)["outcome"] == "accepted"
    after = session_of(team_id, held_on=(today() - timedelta(days=3)).isoformat())
    assert phone.send(after)["outcome"] == "refused"
    with app.app_context():
        assert db.session.get_one(Membership, world.memberships["member"]).valid_to


@pytest.mark.one_engine
def test_a_session_of_a_closed_month_is_refused_with_where_to_ask_and_taken_once_it_is_open(
    phone_of: PhoneOf, app: Flask, world: World
) -> None:
    held_on = today() - timedelta(days=40)
    month = period_holding(PeriodKind.MONTH, held_on)
    with app.test_request_context(), writing():
        commune = db.session.get_one(Area, world.places["commune"].id)
        own = db.session.get_one(User, world.users["own"])
        close_month(commune, month, by=own)
    phone, before = phone_of("member"), count_of(app)
    late = session_of(team_id := world.teams["village"], held_on=held_on.isoformat())
    answer = phone.send(late)
    assert [each["field"] for each in answer["fields"]] == ["held_on"]
    assert f"{month.number:02}/{month.year}" in answer["fields"][0]["message"]
    assert answer["asks_at"] == f"/teams/{team_id}/periods/{month.name}/ask"
    phone.visitor.get(answer["asks_at"]).expect(HTTPStatus.OK)
    assert count_of(app) == before
    with app.test_request_context(), writing():
        commune = db.session.get_one(Area, world.places["commune"].id)
        own, until = db.session.get_one(User, world.users["own"]), today() + timedelta(days=1)
        reopen_month(commune, month, reason="Nhập muộn", open_until=until, by=own)
    assert phone.send(late)["outcome"] == "accepted"
    assert "asks_at" not in phone.send(session_of(team_id, held_on="2099-01-01"))


@pytest.mark.one_engine
def test_who_is_signed_out_or_whose_account_is_closed_is_told_so_and_led_nowhere(
    visit: Visit, app: Flask, world: World, session: dict[str, Any]
) -> None:
    visitor = visit("member")
    with app.app_context():
        db.session.get_one(User, world.users["member"]).disabled_at = now()
        db.session.commit()
    headers = {**JSON, "Referer": "https://localhost/", "X-CSRFToken": visitor.token()}
    before = count_of(app)
    for method, url in (("GET", ACCOUNT), ("GET", SNAPSHOT), ("POST", SESSIONS)):
        answer = visitor.send(method, url, headers=headers, data=session)
        assert told(answer.expect(HTTPStatus.UNAUTHORIZED)) == {"outcome": "closed"}
        stranger = visit("anonymous")
        headers_of_stranger = headers | {"X-CSRFToken": stranger.token()}
        answer = stranger.send(method, url, headers=headers_of_stranger)
        assert told(answer.expect(HTTPStatus.UNAUTHORIZED)) == {"outcome": "signed_out"}
    assert count_of(app) == before


@pytest.mark.one_engine
def test_a_snapshot_holds_ones_own_teams_and_no_more(visit: Visit, world: World) -> None:
    found = told(visit("member").send("GET", SNAPSHOT, headers=JSON))
    assert [team["id"] for team in found["teams"]] == [world.teams["village"]]
    assert set(found["teams"][0]["members"][0]) == {"id", "label", "heading"}
    leader = told(visit("leader").send("GET", SNAPSHOT, headers=JSON))
    assert len(leader["teams"]) == 2
    assert told(visit("own").send("GET", SNAPSHOT, headers=JSON))["teams"] == []
    assert "84" not in str(found["teams"][0]["members"]).replace(str(world.teams["village"]), "")


@pytest.mark.one_engine
def test_a_key_is_the_accounts_own_and_the_same_at_each_sign_in(phone_of: PhoneOf) -> None:
    first, again, other = phone_of("member"), phone_of("member"), phone_of("leader")
    assert (first.owner, first.key) == (again.owner, again.key)
    assert first.key != other.key
    assert first.owner != other.owner
