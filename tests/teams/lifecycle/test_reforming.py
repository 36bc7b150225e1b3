"""Re-forming a team (kiện toàn): by a decision, on a day, all or nothing, undone as a whole."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tcns.activities.models import Attendance
from tcns.clock import today
from tcns.database import db
from tcns.errors import RuleViolation
from tcns.teams.lifecycle.dissolve.operations import dissolve_team
from tcns.teams.lifecycle.reform.operations import Newcomer, Reformation, reform_team
from tcns.teams.lifecycle.roster import Listed, present_members
from tcns.teams.members.operations import add_member, end_membership
from tcns.teams.members.person_operations import PersonText
from tcns.teams.members.rules import MembershipSpec
from tcns.teams.models import Membership, Person
from tcns.teams.vocabulary import Body, EndReason, MemberRole, Purpose
from tcns.undo.operations import reverse
from tests.factories import make_activity, make_membership
from tests.teams.conftest import LATER, LONG_AGO, Book, changes, events, refused
from tests.teams.lifecycle.facts import facts, listed

LEADER, DEPUTY, MEMBER = MemberRole.LEADER, MemberRole.DEPUTY, MemberRole.MEMBER
SUMMER = date(2025, 7, 1)  # after the world's sessions


def reform(
    book: Book,
    rows: Sequence[Listed],
    newcomers: Sequence[Newcomer] = (),
    day: date = SUMMER,
    team: str = "village",
) -> object:
    wanted = Reformation(book.team(team), day, rows, newcomers)
    return reform_team(wanted, decision=book.decision(), by=book.official)


def test_who_stays_stays_who_goes_ends_and_who_joins_begins_on_the_day(book: Book) -> None:
    new = Newcomer(PersonText("Sằm Văn Mới", "+84912000009"), MEMBER, Body.POLICE)
    reform(book, listed(book, deputy=None), [new])
    deputy, member = book.membership("deputy"), book.membership("member")
    assert (deputy.valid_to, deputy.end_reason) == (SUMMER, EndReason.REFORMED)
    assert member.valid_to is None
    joined = db.session.scalars(
        select(Membership).join(Membership.person).where(Person.full_name == "Sằm Văn Mới")
    ).one()
    assert (joined.valid_from, joined.role, joined.body) == (SUMMER, "member", "police")
    assert joined.decision_id == book.decision().id
    purposes = {effect.purpose for effect in book.team().decisions}
    assert purposes == {Purpose.ESTABLISH, Purpose.REFORM}
    assert changes(events("team:reformed")[-1])["decision"] == (None, "12/QĐ-UBND")


def test_leader_and_deputy_change_places(book: Book) -> None:
    reform(book, listed(book, leader=DEPUTY, deputy=LEADER))
    present = {m.person_id: m for m in present_members(book.team())}
    for key, role in (("leader", DEPUTY), ("deputy", LEADER)):
        now = present[book.person(key).id]
        assert (now.role, now.valid_from, now.decision_id) == (role, SUMMER, book.decision().id)
    assert book.membership("leader").end_reason == EndReason.ROLE_CHANGED


def test_another_body_is_a_change_as_well(book: Book) -> None:
    rows = [
        Listed(each.membership, each.role, Body.TEACHERS, each.field)
        for each in listed(book)
        if each.membership.person_id == book.person("deputy").id
    ]
    reform(book, rows)
    assert book.membership("deputy").valid_to == SUMMER


def test_a_person_on_file_joins_and_stays_one_person(book: Book) -> None:
    persons = len(db.session.scalars(select(Person)).all())
    reform(book, listed(book), [Newcomer(book.person("teacher"), DEPUTY)])
    assert len(db.session.scalars(select(Person)).all()) == persons
    assert {m.team_id for m in book.person("teacher").memberships} == {
        book.team("commune").id,
        book.team().id,
    }


def test_two_leaders_are_refused_beside_the_second(book: Book) -> None:
    deputy = book.membership("deputy")
    with refused(f"member_{deputy.id}_role", "new_0_role"):
        new = Newcomer(PersonText("Sằm Văn Mới"), LEADER, field="new_0")
        reform(book, listed(book, deputy=LEADER), [new])


def test_a_team_without_a_leader_is_possible(book: Book) -> None:
    reform(book, listed(book, leader=None))
    assert all(each.role != LEADER for each in present_members(book.team()))


def test_nobody_left_is_refused(book: Book) -> None:
    with refused(None):
        reform(book, listed(book, leader=None, deputy=None, member=None))


def test_who_is_in_the_team_already_or_twice_is_refused(book: Book) -> None:
    twice = [Newcomer(book.person("teacher"), MEMBER, field=f"new_{n}") for n in (0, 1)]
    with refused("new_1_full_name"):
        reform(book, listed(book), twice)
    with refused("new_0_full_name"):
        reform(book, listed(book), [Newcomer(book.person("deputy"), MEMBER, field="new_0")])


def test_who_goes_may_come_back_by_the_same_decision(book: Book) -> None:
    reform(book, listed(book, deputy=None), [Newcomer(book.person("deputy"), MEMBER)])
    parts = [(m.role, m.valid_from) for m in present_members(book.team())]
    assert ("member", SUMMER) in parts


def test_nobody_may_have_come_or_gone_since(book: Book) -> None:
    end_membership(book.membership("deputy"), last_day=SUMMER, by=book.official)
    with refused("first_day"):
        reform(book, listed(book))
    rows = listed(book)
    late = MembershipSpec(MEMBER, None, SUMMER + timedelta(days=5))
    add_member(book.team(), book.person("teacher"), late, by=book.official)
    with refused("first_day", "first_day"):
        reform(book, rows)


def test_the_day_lies_in_the_life_of_the_team(book: Book) -> None:
    with refused("first_day"):
        reform(book, listed(book), day=LONG_AGO - timedelta(days=1))
    with refused("first_day"):
        reform(book, listed(book), day=today() + timedelta(days=1))
    team = book.team("hamlet")
    rows = listed(book, "hamlet")
    dissolve_team(team, last_day=LATER, decision=book.decision(), by=book.official)
    with refused(None):
        reform(book, rows, team="hamlet")


def test_who_joined_that_very_day_or_helped_later_cannot_go(book: Book) -> None:
    deputy, member = book.membership("deputy"), book.membership("member")
    deputy.valid_from = SUMMER
    make_activity(
        book.team().id, book.official.id, held_on=SUMMER + timedelta(days=9), helpers=[member.id]
    )
    db.session.flush()
    with refused(f"member_{member.id}_stays", f"member_{deputy.id}_stays"):
        reform(book, listed(book, deputy=None, member=None))


def test_undone_everything_is_as_before_even_what_was_helped_at(book: Book) -> None:
    member, team = book.membership("member"), book.team()
    session = make_activity(
        team.id, book.official.id, held_on=SUMMER + timedelta(days=9), helpers=[member.id]
    )
    before, persons = facts(team.id), len(db.session.scalars(select(Person)).all())
    new = Newcomer(PersonText("Sằm Văn Mới"), MEMBER)
    rows = listed(book, leader=MEMBER, deputy=None, member=LEADER)
    done = reform(book, rows, [new])
    helped = select(Attendance.membership_id).where(Attendance.activity_id == session)
    assert db.session.scalar(helped) != member.id
    reverse(done, by=book.official)  # type: ignore[arg-type]
    assert facts(team.id) == before
    assert len(db.session.scalars(select(Person)).all()) == persons
    assert db.session.scalar(helped) == member.id
    assert {effect.purpose for effect in book.team().decisions} == {Purpose.ESTABLISH}


def test_what_came_since_keeps_it_from_being_undone(book: Book) -> None:
    done = reform(book, listed(book, deputy=None))
    again = MembershipSpec(MEMBER, None, SUMMER)
    add_member(book.team(), book.person("deputy"), again, by=book.official)
    with pytest.raises(RuleViolation, match="twice at a time"):
        reverse(done, by=book.official)  # type: ignore[arg-type]


def test_a_leader_who_came_since_keeps_the_old_one_from_coming_back(book: Book) -> None:
    done = reform(book, listed(book, leader=None))
    make_membership(book.team().id, role=LEADER, valid_from=SUMMER)
    with pytest.raises(RuleViolation):
        reverse(done, by=book.official)  # type: ignore[arg-type]
