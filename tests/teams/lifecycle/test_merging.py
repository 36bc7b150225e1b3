"""Merging a team into another: history stays where it was made, memberships go on by choice."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from tcns.activities.models import Activity
from tcns.database import db
from tcns.errors import RuleViolation
from tcns.teams.lifecycle.merge.operations import Merger
from tcns.teams.lifecycle.roster import present_members
from tcns.teams.members.operations import add_member
from tcns.teams.members.rules import MembershipSpec
from tcns.teams.models import Membership, Team
from tcns.teams.vocabulary import EndReason, Purpose
from tcns.undo.operations import reverse
from tests.factories import make_activity, make_team
from tests.teams.conftest import LATER, LONG_AGO, Book, changes, events, refused
from tests.teams.lifecycle.facts import LEADER, MEMBER, SUMMER, facts, merge, merger


def test_the_team_ends_the_day_before_and_who_is_carried_over_goes_on(book: Book) -> None:
    sessions = select(func.count()).where(Activity.team_id == book.team().id)
    before = db.session.scalar(sessions)
    merge(book, merger(book, deputy=None))
    team, into = book.team(), book.team("hamlet")
    assert (team.last_day, team.merged_into_id) == (SUMMER - timedelta(days=1), into.id)
    assert {m.end_reason for m in team.memberships if m.valid_to == SUMMER} == {EndReason.MERGED}
    carried = [m for m in present_members(into) if m.valid_from == SUMMER]
    assert {m.person_id for m in carried} == {book.person(k).id for k in ("leader", "member")}
    assert {m.role for m in carried} == {"member"}
    assert db.session.scalar(sessions) == before, "its history stays where it was made"
    for each in (team, into):
        assert Purpose.MERGE in {effect.purpose for effect in each.decisions}
    assert changes(events("team:merged")[0])["merged_into"] == (None, str(into.id))


def test_who_is_in_both_already_is_not_in_it_twice(book: Book) -> None:
    merge(book, merger(book, into="commune"))
    parts = [m for m in present_members(book.team("commune"))]
    assert [m.person_id for m in parts].count(book.person("leader").id) == 1
    assert len(parts) == 5


def test_there_are_never_two_leaders(book: Book) -> None:
    leader = book.membership("leader")
    with refused(f"member_{leader.id}_role"):
        merge(book, merger(book, leader=LEADER))
    book.membership("hamlet_leader").role = MEMBER
    db.session.flush()
    with refused(f"member_{book.membership('deputy').id}_role"):
        merge(book, merger(book, leader=LEADER, deputy=LEADER))
    merge(book, merger(book, leader=LEADER))
    roles = [m.role for m in present_members(book.team("hamlet"))]
    assert roles.count("leader") == 1


def test_a_team_is_not_merged_into_itself_or_into_one_that_is_gone(book: Book) -> None:
    for into in ("village", "dissolved"):
        with refused("into"):
            merge(book, merger(book, into=into))


def test_nothing_of_the_team_may_come_later(book: Book) -> None:
    hamlet = book.team("hamlet")
    make_activity(hamlet.id, book.official.id, held_on=SUMMER)
    with refused("first_day"):
        merge(book, Merger(hamlet, book.team("partner"), SUMMER, ()))
    with refused("first_day"):
        merge(book, Merger(hamlet, book.team("partner"), date(2024, 2, 1), ()))
    new = db.session.get_one(Team, make_team(book.area("quiet_village").id, valid_from=LATER))
    with refused("first_day"):
        merge(book, Merger(new, book.team("partner"), LATER, ()))
    with refused("first_day", "into"):
        merge(book, Merger(hamlet, book.team("partner"), LONG_AGO - timedelta(days=1), ()))


def test_a_team_that_ended_is_not_merged(book: Book) -> None:
    wanted = merger(book)
    merge(book, wanted)
    with refused(None):
        merge(book, Merger(book.team(), book.team("commune"), SUMMER, ()))


def test_undone_both_teams_are_as_before(book: Book) -> None:
    ids = [book.team().id, book.team("hamlet").id]
    before = [facts(each) for each in ids]
    done = merge(book, merger(book))
    reverse(done, by=book.official)  # type: ignore[arg-type]
    assert [facts(each) for each in ids] == before
    team = db.session.get_one(Team, ids[0])
    assert (team.valid_to, team.merged_into_id) == (None, None)
    assert Purpose.MERGE not in {effect.purpose for effect in team.decisions}


def test_a_team_founded_in_the_area_since_keeps_it_from_being_undone(book: Book) -> None:
    done = merge(book, merger(book))
    make_team(book.team().area_id, valid_from=SUMMER)
    with pytest.raises(RuleViolation, match="another team since"):
        reverse(done, by=book.official)  # type: ignore[arg-type]


def test_who_was_carried_over_and_changed_since_keeps_it_from_being_undone(book: Book) -> None:
    done = merge(book, merger(book))
    carried = db.session.scalars(
        select(Membership).where(
            Membership.team_id == book.team("hamlet").id,
            Membership.person_id == book.person("deputy").id,
        )
    ).one()
    carried.body = None
    db.session.flush()
    with pytest.raises(RuleViolation, match="cannot be undone"):
        reverse(done, by=book.official)  # type: ignore[arg-type]


def test_a_later_member_of_the_other_team_does_not_hinder(book: Book) -> None:
    add_member(
        book.team("hamlet"),
        book.person("teacher"),
        MembershipSpec(MEMBER, None, LATER),
        by=book.official,
    )
    merge(book, merger(book))
    assert len(present_members(book.team("hamlet"))) == 6
