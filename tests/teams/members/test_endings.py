"""Why a membership ended is kept with it, whatever ended it."""

from datetime import date, timedelta

from tcns.teams.lifecycle.dissolve.operations import dissolve_team
from tcns.teams.members.operations import (
    add_member,
    change_role,
    correct_membership,
    end_membership,
)
from tcns.teams.members.rules import MembershipSpec
from tcns.teams.models import Membership
from tcns.teams.vocabulary import EndReason, MemberRole
from tests.teams.conftest import LATER, LONG_AGO, Book, Visit, changes, events
from tests.world import World

MEMBER = MemberRole.MEMBER
BEFORE = LATER - timedelta(days=30)


def correct(book: Book, membership: Membership, last_day: date | None) -> None:
    correct_membership(
        membership, body=None, first_day=membership.valid_from, last_day=last_day, by=book.official
    )


def test_who_is_ended_by_hand_left(book: Book) -> None:
    deputy = book.membership("deputy")
    end_membership(deputy, last_day=LATER, reason="chuyển công tác", by=book.official)
    assert deputy.end_reason == EndReason.LEFT
    ended = changes(events("membership:ended")[-1])
    assert ended["end_reason"] == (None, "left")
    assert ended["reason"] == (None, "chuyển công tác")


def test_a_changed_role_says_so_and_its_successor_lasts(book: Book) -> None:
    deputy = book.membership("deputy")
    after = change_role(deputy, MembershipSpec(MEMBER, None, LATER), by=book.official)
    assert deputy.end_reason == EndReason.ROLE_CHANGED
    assert after.end_reason is None


def test_what_follows_a_changed_role_ends_for_the_reason_the_whole_did(book: Book) -> None:
    deputy = book.membership("deputy")
    end_membership(deputy, last_day=LATER, by=book.official)
    after = change_role(deputy, MembershipSpec(MEMBER, None, BEFORE), by=book.official)
    assert (deputy.end_reason, after.end_reason) == (EndReason.ROLE_CHANGED, EndReason.LEFT)
    assert after.last_day == LATER


def test_with_the_team_its_memberships_are_dissolved(book: Book) -> None:
    team = book.team("hamlet")
    dissolve_team(team, last_day=LATER, decision=book.decision(), by=book.official)
    assert {each.end_reason for each in team.memberships} == {EndReason.DISSOLVED}


def test_who_joins_what_is_over_has_a_reason_from_the_start(book: Book) -> None:
    dissolved, person = book.team("dissolved"), book.person("member")
    until = MembershipSpec(MEMBER, None, LONG_AGO, last_day=LONG_AGO)
    assert add_member(dissolved, person, until, by=book.official).end_reason == EndReason.LEFT
    after = MembershipSpec(MEMBER, None, LONG_AGO + timedelta(days=1))
    with_team = add_member(dissolved, person, after, by=book.official)
    assert with_team.end_reason == EndReason.MERGED


def test_a_corrected_end_keeps_its_reason_and_none_has_none(book: Book) -> None:
    deputy = book.membership("deputy")
    change_role(deputy, MembershipSpec(MEMBER, None, LATER), by=book.official)
    correct(book, deputy, BEFORE)
    assert deputy.end_reason == EndReason.ROLE_CHANGED
    correct(book, book.membership("hamlet_leader"), LATER)
    assert book.membership("hamlet_leader").end_reason == EndReason.LEFT
    correct(book, book.membership("hamlet_leader"), None)
    assert book.membership("hamlet_leader").end_reason is None


def test_an_end_of_which_no_reason_is_known_gets_none_by_being_put_right(book: Book) -> None:
    past = book.membership("past")
    correct(book, past, date(2023, 6, 1))
    assert past.end_reason is None


def test_who_lasts_to_the_end_of_the_team_or_not_has_the_reason_that_fits(book: Book) -> None:
    deputy = book.membership("deputy_before")
    correct(book, deputy, date(2022, 9, 30))
    assert deputy.end_reason is None, "it was not known before"
    correct(book, deputy, None)
    assert deputy.end_reason == EndReason.MERGED
    correct(book, deputy, date(2022, 9, 30))
    assert deputy.end_reason == EndReason.LEFT


def test_pages_of_team_and_person_say_why(visit: Visit, world: World) -> None:
    official = visit("own", language="en")
    end = official.get(f"/memberships/{world.memberships['deputy']}/end")
    end.post(typed={"last_day": LATER.isoformat()})
    team = official.get(f"/teams/{world.teams['village']}")
    former = next(row for row in team.rows if row[0] == "Nông Thị Hòa")
    assert former[5] == "Left"
    person = official.get(f"/persons/{world.persons['deputy']}")
    part = next(row for row in person.rows if row[2] == "Deputy leader")
    assert part[7] == "Left"
