"""The rules of memberships: within the team's days, once at a time, one leader at a time."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from tcns.activities.models import Attendance
from tcns.clock import today
from tcns.database import db
from tcns.teams.members.operations import (
    add_member,
    change_role,
    correct_membership,
    end_membership,
    withdraw_membership,
)
from tcns.teams.members.person_operations import PersonText, add_person, correct_person
from tcns.teams.members.rules import LeaderInOffice, MembershipSpec
from tcns.teams.models import Membership, Person, Team
from tcns.teams.vocabulary import Body, MemberRole
from tests.factories import make_membership, make_person, make_team
from tests.teams.conftest import LATER, LONG_AGO, Book, changes, events, refused

LEADER, DEPUTY, MEMBER = MemberRole.LEADER, MemberRole.DEPUTY, MemberRole.MEMBER


def newcomer(book: Book, name: str = "Sằm Văn Mới") -> Person:
    return add_person(PersonText(name), team=book.team(), by=book.official)


def leaders_on(book: Book, day: date) -> list[str]:
    query = select(Membership).where(
        Membership.team_id == book.team().id,
        Membership.role == LEADER,
        Membership.valid_on(day),
    )
    return [each.person.full_name for each in db.session.scalars(query)]


# Joining


def test_who_joins_is_a_member_from_that_day_on(book: Book) -> None:
    membership = add_member(
        book.team(), newcomer(book), MembershipSpec(MEMBER, Body.POLICE, LATER), by=book.official
    )
    assert not membership.is_valid_on(LATER - timedelta(days=1))
    assert membership.is_valid_on(LATER)
    assert membership.last_day is None
    added = changes(events("membership:added")[-1])
    assert added["role"] == (None, "member")
    assert added["valid_from"] == (None, "2024-03-15")


def test_a_membership_that_is_over_can_be_entered_with_its_last_day(book: Book) -> None:
    part = MembershipSpec(MEMBER, None, LONG_AGO, last_day=LATER)
    membership = add_member(book.team(), newcomer(book), part, by=book.official)
    assert membership.last_day == LATER


def test_nobody_joins_before_the_team_exists_or_in_the_future(book: Book) -> None:
    tomorrow = today() + timedelta(days=1)
    for day in (LONG_AGO - timedelta(days=1), tomorrow):
        with refused("first_day"):
            add_member(
                book.team(), newcomer(book), MembershipSpec(MEMBER, None, day), by=book.official
            )


def test_nobody_joins_a_dissolved_team_after_its_last_day(book: Book) -> None:
    with refused("first_day"):
        add_member(
            book.team("dissolved"),
            newcomer(book),
            MembershipSpec(MEMBER, None, LATER),
            by=book.official,
        )


def test_a_last_day_before_the_first_is_refused(book: Book) -> None:
    part = MembershipSpec(MEMBER, None, LATER, last_day=LATER - timedelta(days=1))
    with refused("last_day"):
        add_member(book.team(), newcomer(book), part, by=book.official)


def test_nobody_is_in_a_team_twice_at_a_time(book: Book) -> None:
    with refused("full_name"):
        add_member(
            book.team(),
            book.person("member"),
            MembershipSpec(MEMBER, None, LATER),
            by=book.official,
        )


def test_who_left_can_come_back(book: Book) -> None:
    assert add_member(
        book.team(), book.person("past"), MembershipSpec(MEMBER, None, LATER), by=book.official
    )


def test_all_that_is_wrong_is_said_at_once(book: Book) -> None:
    tomorrow = today() + timedelta(days=1)
    part = MembershipSpec(LEADER, None, tomorrow, last_day=today())
    with refused("first_day", "last_day"):
        add_member(book.team(), newcomer(book), part, by=book.official)
    with refused("first_day", "full_name", "replaces_leader"):
        part = MembershipSpec(LEADER, None, tomorrow)
        add_member(book.team(), book.person("member"), part, by=book.official)


# One leader at a time


def test_a_second_leader_is_refused_and_the_present_one_named(book: Book) -> None:
    with pytest.raises(LeaderInOffice) as refusal:
        add_member(
            book.team(), newcomer(book), MembershipSpec(LEADER, None, LATER), by=book.official
        )
    assert refusal.value.leader.person.full_name == "Hoàng Văn Sính"


def test_a_change_of_leader_makes_the_old_one_a_member_that_day(book: Book) -> None:
    part = MembershipSpec(LEADER, None, LATER, replaces_leader=True)
    add_member(book.team(), newcomer(book), part, by=book.official)
    assert leaders_on(book, LATER - timedelta(days=1)) == ["Hoàng Văn Sính"]
    assert leaders_on(book, LATER) == ["Sằm Văn Mới"]
    old = book.person("leader").memberships
    parts = [(m.role, m.valid_from) for m in old if m.team_id == book.team().id]
    assert parts == [("leader", LONG_AGO), ("member", LATER)]


def test_a_leader_of_the_past_needs_a_last_day_before_the_next_one(book: Book) -> None:
    leader = book.membership("hamlet_leader")
    leader.valid_from = LATER
    db.session.flush()
    team = book.team("hamlet")
    for replaces in (False, True):
        with refused("last_day"):
            part = MembershipSpec(LEADER, None, LONG_AGO, replaces_leader=replaces)
            add_member(team, newcomer(book), part, by=book.official)
    part = MembershipSpec(LEADER, None, LONG_AGO, last_day=LATER - timedelta(days=1))
    assert add_member(team, newcomer(book), part, by=book.official)


def test_a_role_changes_on_a_day_by_closing_one_membership_and_opening_another(book: Book) -> None:
    before = book.membership("deputy")
    after = change_role(before, MembershipSpec(MEMBER, Body.TEACHERS, LATER), by=book.official)
    assert (before.last_day, after.valid_from) == (LATER - timedelta(days=1), LATER)
    assert (after.role, after.body, after.person_id) == ("member", "teachers", before.person_id)
    assert changes(events("membership:role-changed")[-1])["role"] == ("deputy", "member")


def test_a_role_changed_on_the_first_day_is_put_right_in_place(book: Book) -> None:
    before = book.membership("deputy")
    after = change_role(before, MembershipSpec(MEMBER, None, before.valid_from), by=book.official)
    assert after is before
    assert before.role == MEMBER


def test_the_sessions_helped_at_go_with_the_role_from_its_day_on(book: Book) -> None:
    before = book.membership("member")
    day = date(2025, 6, 12)
    helped = select(func.count()).select_from(Attendance)
    total = db.session.scalar(helped.where(Attendance.membership_id == before.id))
    after = change_role(before, MembershipSpec(DEPUTY, None, day), by=book.official)
    counts = [
        db.session.scalar(helped.where(Attendance.membership_id == each.id))
        for each in (before, after)
    ]
    assert counts == [2, (total or 0) - 2], "sessions of 10 and 11 June stay, later ones follow"


def test_the_same_role_again_is_no_change(book: Book) -> None:
    deputy = book.membership("deputy")
    with refused("role"):
        change_role(deputy, MembershipSpec(DEPUTY, deputy.member_body, LATER), by=book.official)


def test_a_role_changes_only_while_the_membership_holds(book: Book) -> None:
    with refused("first_day"):
        change_role(book.membership("past"), MembershipSpec(DEPUTY, None, LATER), by=book.official)


def test_a_member_who_becomes_leader_needs_a_change_of_leader(book: Book) -> None:
    with refused("replaces_leader"):
        change_role(
            book.membership("deputy"), MembershipSpec(LEADER, None, LATER), by=book.official
        )
    part = MembershipSpec(LEADER, None, LATER, replaces_leader=True)
    change_role(book.membership("deputy"), part, by=book.official)
    assert leaders_on(book, LATER) == ["Nông Thị Hòa"]


# Ending and putting right


def test_the_last_day_still_belongs_to_the_membership(book: Book) -> None:
    deputy = book.membership("deputy")
    end_membership(deputy, last_day=LATER, by=book.official, reason="Chuyển công tác")
    assert deputy.is_valid_on(LATER)
    assert not deputy.is_valid_on(LATER + timedelta(days=1))
    ended = changes(events("membership:ended")[-1])
    assert ended["reason"] == (None, "Chuyển công tác")
    assert ended["valid_to"] == (None, "2024-03-16")


@pytest.mark.parametrize("day", [LONG_AGO - timedelta(days=1), date(2999, 1, 1)])
def test_a_membership_ends_neither_before_it_began_nor_in_the_future(book: Book, day: date) -> None:
    with refused("last_day"):
        end_membership(book.membership("deputy"), last_day=day, by=book.official)


def test_a_membership_does_not_end_before_a_session_helped_at(book: Book) -> None:
    with refused("last_day"):
        end_membership(book.membership("member"), last_day=LATER, by=book.official)


def test_body_and_days_are_put_right_within_the_team(book: Book) -> None:
    deputy = book.membership("deputy")
    correct_membership(
        deputy, body=Body.HEALTH, first_day=LATER, last_day=date(2025, 1, 1), by=book.official
    )
    assert (deputy.body, deputy.valid_from, deputy.last_day) == (
        "health",
        LATER,
        date(2025, 1, 1),
    )
    with refused("first_day"):
        correct_membership(
            deputy, body=None, first_day=date(2022, 4, 30), last_day=None, by=book.official
        )


def test_days_put_right_make_no_second_leader(book: Book) -> None:
    past = make_membership(
        book.team().id, make_person(), role=LEADER, valid_from=LONG_AGO, valid_to=LATER
    )
    present = book.membership("leader")
    present.valid_from = LATER
    db.session.flush()
    with refused("last_day"):
        correct_membership(
            db.session.get_one(Membership, past),
            body=None,
            first_day=LONG_AGO,
            last_day=LATER,
            by=book.official,
        )


# Taking back


def test_a_membership_entered_by_mistake_is_taken_back_with_the_person(book: Book) -> None:
    person = newcomer(book)
    membership = add_member(
        book.team(), person, MembershipSpec(MEMBER, None, LATER), by=book.official
    )
    gone = (membership.id, person.id)
    withdraw_membership(membership, by=book.official)
    assert db.session.get(Membership, gone[0]) is None
    assert db.session.get(Person, gone[1]) is None
    assert changes(events("membership:withdrawn")[-1])["role"] == ("member", None)
    assert changes(events("person:withdrawn")[-1])["full_name"] == ("Sằm Văn Mới", None)


def test_a_person_who_is_in_another_team_stays(book: Book) -> None:
    membership = book.membership("leader_in_commune")
    person_id = membership.person_id
    withdraw_membership(membership, by=book.official)
    assert db.session.get(Person, person_id) is not None


def test_a_membership_with_a_session_is_not_taken_back(book: Book) -> None:
    with refused("", None):
        withdraw_membership(book.membership("member"), by=book.official)


# Persons


def test_a_person_is_put_right_where_the_active_membership_lies(book: Book) -> None:
    person = book.person("deputy")
    correct_person(person, PersonText("Nông Thị Hoà", None, 1985), by=book.official)
    assert (person.full_name, person.birth_year) == ("Nông Thị Hoà", 1985)
    changed = changes(events("person:corrected")[-1])
    assert changed["full_name"] == ("Nông Thị Hòa", "Nông Thị Hoà")


def test_who_has_moved_on_is_kept_by_the_commune_they_are_in_now(book: Book) -> None:
    """Triệu Văn Cũ left Đồng Tâm and is in Kim Tước now."""
    past = book.person("past")
    correct_person(past, PersonText("Triệu Văn Cù"), by=book.official)
    make_membership(book.world.teams["neighbour"], past.id, valid_from=LATER)
    db.session.expire(past)
    with refused(None):
        correct_person(past, PersonText("Triệu Văn Khác"), by=book.official)


@pytest.mark.parametrize("year", [1919, 1, today().year - 15, today().year])
def test_a_year_of_birth_is_one_in_which_a_member_can_have_been_born(book: Book, year: int) -> None:
    with refused("birth_year"):
        add_person(PersonText("Ai Đó", None, year), team=book.team(), by=book.official)


def test_the_team_of_the_past_takes_members_of_the_past(book: Book) -> None:
    ended = make_team(book.world.hamlet.id, valid_to=date(2023, 1, 1), second_reason="x")
    team = db.session.get_one(Team, ended)
    membership = add_member(
        team, newcomer(book), MembershipSpec(MEMBER, None, LONG_AGO), by=book.official
    )
    assert membership.last_day == date(2022, 12, 31), "it ends with the team"
