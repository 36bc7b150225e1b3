"""Moving a member to another team: one person, two memberships, one after the other."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from tcns.database import db
from tcns.teams.members.operations import end_membership
from tcns.teams.members.rules import LeaderInOffice, MembershipSpec
from tcns.teams.members.transfer_operations import transfer_member
from tcns.teams.models import Person
from tcns.teams.vocabulary import EndReason, MemberRole
from tests.teams.conftest import LATER, LONG_AGO, Book, changes, events, refused

LEADER, MEMBER = MemberRole.LEADER, MemberRole.MEMBER
SUMMER = date(2025, 7, 1)


def test_one_membership_closes_and_another_opens(book: Book) -> None:
    before, persons = book.membership("deputy"), select(func.count()).select_from(Person)
    count = db.session.scalar(persons)
    after = transfer_member(
        before, book.team("hamlet"), MembershipSpec(MEMBER, None, LATER), by=book.official
    )
    assert (before.valid_to, before.end_reason) == (LATER, EndReason.TRANSFERRED)
    assert (after.team_id, after.person_id) == (book.team("hamlet").id, before.person_id)
    assert (after.valid_from, after.valid_to, after.role) == (LATER, None, "member")
    assert db.session.scalar(persons) == count


def test_each_membership_has_one_event_that_names_both_teams(book: Book) -> None:
    before = book.membership("deputy")
    after = transfer_member(
        before, book.team("hamlet"), MembershipSpec(MEMBER, None, LATER), by=book.official
    )
    moved = events("membership:transferred")
    assert [event.object_id for event in moved] == [before.id, after.id]
    teams = (str(before.team_id), str(after.team_id))
    assert [changes(event)["team"] for event in moved] == [teams, teams]


def test_a_leader_in_office_makes_way_when_a_change_is_asked_for(book: Book) -> None:
    deputy, hamlet = book.membership("deputy"), book.team("hamlet")
    with pytest.raises(LeaderInOffice):
        transfer_member(deputy, hamlet, MembershipSpec(LEADER, None, LATER), by=book.official)
    part = MembershipSpec(LEADER, None, LATER, replaces_leader=True)
    transfer_member(deputy, hamlet, part, by=book.official)
    leaders = [m for m in hamlet.memberships if m.role == LEADER and m.is_valid_on(LATER)]
    assert [m.person_id for m in leaders] == [deputy.person_id]


def test_a_move_begins_within_the_membership_and_in_the_past(book: Book) -> None:
    deputy, hamlet = book.membership("deputy"), book.team("hamlet")
    for day in (LONG_AGO, date(2100, 1, 1)):
        with refused("first_day"):
            transfer_member(deputy, hamlet, MembershipSpec(MEMBER, None, day), by=book.official)
    end_membership(deputy, last_day=LATER, by=book.official)
    with refused(None):
        transfer_member(deputy, hamlet, MembershipSpec(MEMBER, None, LATER), by=book.official)


def test_nobody_moves_where_they_are(book: Book) -> None:
    leader = book.membership("leader")
    for team in ("village", "commune"):
        with refused("team"):
            transfer_member(
                leader, book.team(team), MembershipSpec(MEMBER, None, SUMMER), by=book.official
            )


def test_nobody_moves_to_a_team_that_is_gone(book: Book) -> None:
    part = MembershipSpec(MEMBER, None, LATER)
    with refused("first_day"):
        transfer_member(book.membership("teacher"), book.team("dissolved"), part, by=book.official)


def test_who_helped_at_a_session_later_cannot_have_moved_before(book: Book) -> None:
    member = book.membership("member")
    part = MembershipSpec(MEMBER, None, date(2025, 6, 1))
    with refused("first_day"):
        transfer_member(member, book.team("hamlet"), part, by=book.official)
    part = MembershipSpec(MEMBER, None, SUMMER)
    assert transfer_member(member, book.team("hamlet"), part, by=book.official)


def test_a_year_of_service_is_counted_once_a_day(book: Book) -> None:
    before = book.membership("deputy")
    after = transfer_member(
        before, book.team("hamlet"), MembershipSpec(MEMBER, None, LATER), by=book.official
    )
    for day in (LATER - timedelta(days=1), LATER):
        assert before.is_valid_on(day) != after.is_valid_on(day)
