"""What is on file of a team after an event, and how its members are listed for one."""

from datetime import date

from sqlalchemy import select

from tcns.database import db
from tcns.teams.lifecycle.merge.operations import Merger, merge_team
from tcns.teams.lifecycle.roster import Listed, present_members
from tcns.teams.models import Membership
from tcns.teams.vocabulary import MemberRole
from tests.teams.conftest import Book

SUMMER = date(2025, 7, 1)
LEADER, MEMBER = MemberRole.LEADER, MemberRole.MEMBER
ALL_AS_MEMBERS = {"leader": MEMBER, "deputy": MEMBER, "member": MEMBER}
Facts = list[tuple[int, int, str, date, date | None, str | None]]


def listed(book: Book, team: str = "village", **roles: MemberRole | None) -> list[Listed]:
    """The present members as they are, but for those named, who get a role or go."""
    named = {book.membership(key).id: role for key, role in roles.items()}
    return [
        Listed(
            each,
            named.get(each.id, each.member_role),
            each.member_body,
            f"member_{each.id}",
        )
        for each in present_members(book.team(team))
    ]


def facts(team_id: int) -> Facts:
    query = select(Membership).where(Membership.team_id == team_id).order_by(Membership.id)
    return [
        (m.id, m.person_id, m.role, m.valid_from, m.valid_to, m.end_reason)
        for m in db.session.scalars(query)
    ]


def merger(book: Book, into: str = "hamlet", day: date = SUMMER, **roles: object) -> Merger:
    rows: list[Listed] = listed(book, **{**ALL_AS_MEMBERS, **roles})  # type: ignore[arg-type]
    return Merger(book.team(), book.team(into), day, rows)


def merge(book: Book, wanted: Merger) -> object:
    return merge_team(wanted, decision=book.decision(), by=book.official)
