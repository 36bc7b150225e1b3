"""Opening a team again that was dissolved or merged by mistake."""

from datetime import date, timedelta

from sqlalchemy import select

from tcns.database import db
from tcns.teams.lifecycle.dissolve.operations import dissolve_team
from tcns.teams.lifecycle.reopen.operations import reopen_team
from tcns.teams.lifecycle.roster import present_members
from tcns.teams.members.operations import add_member, end_membership
from tcns.teams.members.rules import MembershipSpec
from tcns.teams.models import TeamDecision
from tcns.teams.vocabulary import EndReason, MemberRole, Purpose
from tests.factories import make_membership, make_team
from tests.teams.conftest import LATER, Book, changes, events, refused
from tests.teams.lifecycle.facts import facts, merge, merger

SUMMER = date(2025, 7, 1)


def dissolve(book: Book, team: str = "hamlet", last_day: date = LATER) -> None:
    dissolve_team(book.team(team), last_day=last_day, decision=book.decision(), by=book.official)


def reopen(book: Book, team: str = "hamlet") -> None:
    reopen_team(book.team(team), by=book.official)
    db.session.flush()


def test_the_team_lasts_again_with_the_members_who_ended_with_it(book: Book) -> None:
    before = facts(book.team("hamlet").id)
    dissolve(book)
    reopen(book)
    team = book.team("hamlet")
    assert team.valid_to is None
    assert facts(team.id) == before
    kept = select(TeamDecision.purpose).where(TeamDecision.team_id == team.id)
    assert list(db.session.scalars(kept)) == [Purpose.ESTABLISH]
    reopened = changes(events("team:reopened")[-1])
    assert reopened["valid_to"] == ("2024-03-16", None)
    assert reopened["decision"] == ("12/QĐ-UBND", None)


def test_who_had_left_stays_away_even_if_the_team_ended_earlier(book: Book) -> None:
    """An end that the dissolution moved forward comes back with its own reason."""
    member = book.membership("hamlet_member")
    end_membership(member, last_day=LATER + timedelta(days=9), by=book.official)
    dissolve(book)
    assert (member.last_day, member.end_reason) == (LATER, EndReason.DISSOLVED)
    reopen(book)
    assert (member.last_day, member.end_reason) == (LATER + timedelta(days=9), EndReason.LEFT)


def test_who_was_entered_after_the_end_lasts_as_well(book: Book) -> None:
    dissolve(book)
    part = MembershipSpec(MemberRole.MEMBER, None, LATER - timedelta(days=9))
    late = add_member(book.team("hamlet"), book.person("teacher"), part, by=book.official)
    reopen(book)
    assert (late.valid_to, late.end_reason) == (None, None)


def test_a_merged_team_lasts_again_and_who_was_carried_over_stays_there_too(book: Book) -> None:
    merge(book, merger(book))
    reopen(book, "village")
    team, into = book.team(), book.team("hamlet")
    assert (team.valid_to, team.merged_into_id) == (None, None)
    assert len(present_members(team)) == 3
    assert len(present_members(into)) == 5
    for each in (team, into):
        db.session.refresh(each)
        assert Purpose.MERGE not in {effect.purpose for effect in each.decisions}


def test_the_decision_stays_with_a_team_that_took_in_another_as_well(book: Book) -> None:
    merge(book, merger(book))
    other = make_team(book.area("quiet_village").id, valid_to=SUMMER)
    into = book.team("hamlet")
    db.session.add(
        TeamDecision(team_id=other, decision_id=book.decision().id, purpose=Purpose.MERGE)
    )
    team = db.session.get_one(type(into), other)
    team.merged_into_id = into.id
    db.session.flush()
    reopen(book, "village")
    kept = select(TeamDecision).where(
        TeamDecision.team_id == into.id, TeamDecision.purpose == Purpose.MERGE
    )
    assert db.session.scalar(kept) is not None


def test_a_team_that_exists_is_not_opened_again(book: Book) -> None:
    with refused(None):
        reopen(book)


def test_another_team_of_the_area_since_needs_a_reason(book: Book) -> None:
    dissolve(book)
    other = make_team(book.team("hamlet").area_id, valid_from=LATER + timedelta(days=9))
    with refused(None):
        reopen(book)
    db.session.get_one(type(book.team()), other).second_reason = "Địa bàn rộng"
    db.session.flush()
    reopen(book)
    assert book.team("hamlet").valid_to is None


def test_two_who_led_at_the_end_cannot_both_lead_again(book: Book) -> None:
    """Rules forbid it, but rows may come from elsewhere: it is said, and nothing is opened."""
    dissolve(book)
    ends = LATER + timedelta(days=1)
    make_membership(
        book.team("hamlet").id, role="leader", valid_to=ends, end_reason=EndReason.DISSOLVED
    )
    with refused(None):
        reopen(book)
