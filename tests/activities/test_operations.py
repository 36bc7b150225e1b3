"""The rules of logging, correcting, submitting, returning and approving a session."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tcns.accounts.models import User
from tcns.activities.models import Activity
from tcns.activities.operations import (
    approve_activity,
    correct_activity,
    delete_activity,
    log_activity,
    return_activity,
    submit_activity,
)
from tcns.activities.vocabulary import Status, Topic
from tcns.audit.models import AuditEvent, AuditValue
from tcns.clock import today
from tcns.database import db
from tcns.errors import RuleViolation, Stale, expect_version
from tcns.teams.models import Team
from tests.activities.entering import DAY, text
from tests.factories import make_indicator
from tests.world import World

pytestmark = pytest.mark.usefixtures("context")
User_ = Callable[[str], User]
KEY = "7d2f4f2e-6b6b-4f7e-9c39-0d8f5f6b1c11"


@pytest.fixture
def user_of(world: World) -> User_:
    return lambda persona: db.session.get_one(User, world.users[persona])


@pytest.fixture
def team(world: World) -> Team:
    return db.session.get_one(Team, world.teams["village"])


@pytest.fixture
def log(team: Team, user_of: User_) -> Callable[..., Activity]:
    """`log(women_count=3)` logs a session of Đồng Tâm; `key` and `by` may differ."""

    def logged(key: str = KEY, by: str = "member", *, is_final: bool = False, **d: Any) -> Activity:
        made = log_activity(team, text(**d), client_key=key, by=user_of(by), is_final=is_final)
        db.session.flush()
        return made

    return logged


Log = Callable[..., Activity]


@pytest.fixture
def session_in(world: World) -> Callable[[str], Activity]:
    return lambda state: db.session.get_one(Activity, world.activities[state])


def fields(broken: RuleViolation) -> set[str | None]:
    return {one.field for one in broken.each}


def test_a_logged_session_is_a_draft_and_on_record(log: Log, world: World) -> None:
    activity = log(topics=[Topic.PAYMENT], helpers=[world.memberships["member"]])
    assert activity.state is Status.DRAFT
    event = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event is not None
    kept = {value.field: (value.old, value.new) for value in event.values}
    assert (event.event, event.object_id) == ("activity:logged", activity.id)
    assert kept["participant_count"] == (None, "10")
    assert kept["topics"] == ("", "payment")


def test_a_final_one_is_submitted_at_once(log: Log) -> None:
    activity = log(is_final=True)
    assert activity.state is Status.SUBMITTED
    assert activity.submitted_at


def test_the_same_key_with_the_same_content_is_the_same_session_as_it_stands(log: Log) -> None:
    first = log(is_final=True)
    assert log(is_final=True) is first
    assert first.participant_count == 10


def test_the_same_key_with_other_content_is_a_conflict(log: Log) -> None:
    first = log(is_final=True)
    with pytest.raises(RuleViolation):
        log(is_final=True, participant_count=99)
    assert first.participant_count == 10


def test_a_key_of_somebody_else_is_refused(log: Log) -> None:
    log()
    with pytest.raises(RuleViolation):
        log(by="leader")


def test_everything_that_cannot_have_been_is_said_at_once(log: Log) -> None:
    with pytest.raises(RuleViolation) as broken:
        log(
            held_on=today() + timedelta(days=1),
            women_count=11,
            elderly_count=12,
            new_household_count=5,
        )
    assert fields(broken.value) == {
        "held_on", "women_count", "elderly_count", "new_household_count",
    }  # fmt: skip
    with pytest.raises(RuleViolation) as broken:
        log(is_final=True, participant_count=0, household_count=0, minority_count=1)
    assert fields(broken.value) == {"minority_count", "participant_count"}


def test_a_team_holds_sessions_only_while_it_exists(user_of: User_, world: World, log: Log) -> None:
    with pytest.raises(RuleViolation, match="30/04/2022") as broken:
        log(held_on=date(2022, 4, 30))
    assert broken.value.field == "held_on"
    dissolved = db.session.get_one(Team, world.teams["dissolved"])
    with pytest.raises(RuleViolation):
        log_activity(dissolved, text(), client_key=KEY, by=user_of("own"))
    last_day = text(held_on=date(2022, 12, 31))
    assert log_activity(dissolved, last_day, client_key=KEY, by=user_of("own"))


@pytest.mark.parametrize("helper", ["neighbour_member", "leader_in_commune", "hamlet_leader"])
def test_helpers_of_other_teams_are_refused_without_saying_who_they_are(
    log: Log, world: World, helper: str
) -> None:
    with pytest.raises(RuleViolation) as broken:
        log(helpers=[world.memberships[helper]])
    assert broken.value.field == "helpers"
    assert "Kim" not in str(broken.value.message)


def test_a_helper_who_had_left_is_named(log: Log, world: World) -> None:
    with pytest.raises(RuleViolation, match="Triệu Văn Cũ"):
        log(helpers=[world.memberships["past"]])


def test_an_indicator_is_counted_only_while_it_is_asked_for(log: Log) -> None:
    later = make_indicator(valid_from=DAY + timedelta(days=1))
    with pytest.raises(RuleViolation) as broken:
        log(amounts={later: 3, 999_999: 1})
    assert fields(broken.value) == {f"amount_{later}", "amount_999999"}
    with pytest.raises(RuleViolation):
        log(amounts={later: 0})
    assert log(amounts={})


def test_what_was_approved_is_changed_by_nobody(session_in: Any, user_of: User_) -> None:
    for persona in ("member", "leader", "own"):
        with pytest.raises(RuleViolation):
            correct_activity(session_in("approved"), text(), by=user_of(persona))
        with pytest.raises(RuleViolation):
            submit_activity(session_in("approved"), by=user_of(persona))


@pytest.mark.parametrize("persona", ["member", "leader"])
def test_what_was_submitted_is_corrected_by_those_who_sent_it_and_stays_submitted(
    session_in: Any, user_of: User_, persona: str
) -> None:
    activity = session_in("submitted")
    correct_activity(activity, text(participant_count=17), by=user_of(persona))
    db.session.flush()
    assert (activity.state, activity.participant_count) == (Status.SUBMITTED, 17)
    with pytest.raises(RuleViolation) as broken:
        nobody = text(participant_count=0, household_count=None)
        correct_activity(activity, nobody, by=user_of(persona))
    assert broken.value.field == "participant_count"
    with pytest.raises(RuleViolation):
        submit_activity(activity, by=user_of(persona))


def test_what_others_submitted_is_not_changed_by_who_reviews_it(
    session_in: Any, user_of: User_
) -> None:
    with pytest.raises(RuleViolation, match="trả lại"):
        correct_activity(session_in("submitted"), text(), by=user_of("own"))
    with pytest.raises(RuleViolation, match="trả lại"):
        delete_activity(session_in("submitted"), by=user_of("own"))


def test_a_member_corrects_only_what_they_entered(log: Log, user_of: User_) -> None:
    by_leader = log(by="leader")
    with pytest.raises(RuleViolation):
        correct_activity(by_leader, text(), by=user_of("member"))
    by_member = log(key="c9b1a0de-5d1b-4a63-9d7a-0a3f0ef4a4ce")
    for persona in ("member", "leader", "own"):
        correct_activity(by_member, text(note=persona), by=user_of(persona))
        db.session.flush()
    with pytest.raises(RuleViolation):
        correct_activity(by_member, text(), by=user_of("neighbour"))


def test_a_change_of_topics_alone_raises_the_version(log: Log, user_of: User_) -> None:
    activity = log(topics=[Topic.PAYMENT])
    version = activity.version
    correct_activity(activity, text(topics=[Topic.SAFETY]), by=user_of("member"))
    db.session.flush()
    assert activity.version > version
    with pytest.raises(Stale):
        expect_version(activity, version)


def test_a_correction_that_changes_nothing_leaves_no_trace(log: Log, user_of: User_) -> None:
    activity = log()
    count = db.session.query(AuditValue).count()
    correct_activity(activity, text(), by=user_of("member"))
    db.session.flush()
    assert db.session.query(AuditValue).count() == count


@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_an_official_returns_with_a_reason_which_is_on_record(
    session_in: Any, user_of: User_, state: str
) -> None:
    with pytest.raises(RuleViolation) as broken:
        return_activity(session_in(state), reason="  ", by=user_of("own"))
    assert broken.value.field == "reason"
    return_activity(session_in(state), reason="Thiếu số hộ", by=user_of("own"))
    assert session_in(state).state is Status.RETURNED
    db.session.flush()
    kept = db.session.scalars(select(AuditValue).order_by(AuditValue.id.desc())).first()
    assert kept is not None
    assert (kept.field, kept.new) == ("return_reason", "Thiếu số hộ")


@pytest.mark.parametrize("persona", ["leader", "member", "neighbour", "administrator"])
def test_only_the_official_in_charge_reviews(session_in: Any, user_of: User_, persona: str) -> None:
    with pytest.raises(RuleViolation):
        approve_activity(session_in("submitted"), by=user_of(persona))
    with pytest.raises(RuleViolation):
        return_activity(session_in("submitted"), reason="Sai", by=user_of(persona))


@pytest.mark.parametrize("state", ["draft", "returned", "approved"])
def test_only_what_is_submitted_is_approved(session_in: Any, user_of: User_, state: str) -> None:
    with pytest.raises(RuleViolation):
        approve_activity(session_in(state), by=user_of("own"))


def test_approved_it_has_no_reason_any_more(session_in: Any, user_of: User_) -> None:
    activity = session_in("returned")
    submit_activity(activity, by=user_of("member"))
    db.session.flush()
    approve_activity(activity, by=user_of("own"))
    assert (activity.state, activity.return_reason) == (Status.APPROVED, None)
    assert activity.reviewed_by_id == user_of("own").id


@pytest.mark.parametrize("state", ["draft", "returned"])
def test_what_was_not_submitted_is_not_returned(
    session_in: Any, user_of: User_, state: str
) -> None:
    with pytest.raises(RuleViolation):
        return_activity(session_in(state), reason="Sai", by=user_of("own"))
