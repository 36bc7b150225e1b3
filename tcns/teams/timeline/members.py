"""What the timeline of a team tells of its members: who joined, took another role, led, left."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from tcns.audit.models import AuditEvent
from tcns.teams.models import Membership
from tcns.teams.timeline.records import Life
from tcns.teams.vocabulary import EndReason, Happening, MemberRole


class Line(NamedTuple):
    """One thing that happened, to or with what, and the event that put it on record."""

    day: date
    what: Happening
    event: AuditEvent | None
    subject: Any = None


class RoleChange(NamedTuple):
    """A membership that follows another of the same person."""

    before: Membership
    after: Membership


def lines_of_members(life: Life) -> Iterator[Line]:
    """Who joined, took another role, left; and each change of leader."""
    for membership in life.memberships:
        before = _before(life, membership)
        event = life.who_gave(membership, "valid_from", membership.valid_from)
        change = _leader_before(life, membership)
        if change:
            yield Line(membership.valid_from, Happening.LEADER_CHANGED, event, change)
        if before is None:
            yield Line(membership.valid_from, Happening.JOINED, event, membership)
        elif change is None:
            role = RoleChange(before, membership)
            yield Line(membership.valid_from, Happening.ROLE_CHANGED, event, role)
        yield from _of_end(life, membership)


def _before(life: Life, membership: Membership) -> Membership | None:
    """The part of the same person that ended as this one began."""
    return next(
        (
            each
            for each in life.memberships
            if each.person_id == membership.person_id and each.valid_to == membership.valid_from
        ),
        None,
    )


def _leader_before(life: Life, membership: Membership) -> RoleChange | None:
    """The change by which somebody leads after another; None for the first, and for others."""
    if membership.role != MemberRole.LEADER:
        return None
    led = [
        each
        for each in life.memberships
        if each.role == MemberRole.LEADER
        and each.valid_to
        and each.valid_to <= membership.valid_from
    ]
    last = max(led, key=lambda each: each.valid_to or date.min, default=None)
    if last is None or last.person_id == membership.person_id:
        return None
    return RoleChange(last, membership)


def _of_end(life: Life, membership: Membership) -> Iterator[Line]:
    """That somebody left, on their last day; with a decision or a move, on the day it holds from.

    What ended with the team, or goes on in another role, is told by that.
    """
    ends, last, why = membership.valid_to, membership.last_day, membership.ended_because
    goes_on = any(
        each.person_id == membership.person_id and each.valid_from == ends
        for each in life.memberships
    )
    if ends is None or last is None or goes_on or why in (EndReason.DISSOLVED, EndReason.MERGED):
        return
    event = life.who_gave(membership, "valid_to", ends)
    if why is EndReason.TRANSFERRED:
        yield Line(ends, Happening.MOVED_AWAY, event, membership)
    else:
        day = ends if why is EndReason.REFORMED else last
        yield Line(day, Happening.LEFT, event, membership)
