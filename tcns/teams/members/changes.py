"""What operations on memberships are made of: a part begins, ends, or becomes another.

They keep no rule: whoever calls them has looked at the rules under the team's lock.
"""

from dataclasses import replace
from datetime import date
from typing import Any, Protocol

from tcns.accounts.models import User
from tcns.audit.operations import Change, PlannedEvent, Written, add_row, change_row, record
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.teams.activity_hooks import session_days
from tcns.teams.leading import InRole
from tcns.teams.members.rules import MembershipSpec
from tcns.teams.models import EstablishingDecision, Membership, Team
from tcns.teams.vocabulary import Body, EndReason


class KnownMembership(InRole, Protocol):
    """What is on file of a membership, read whole or column by column."""

    @property
    def body(self) -> str | None:
        """The body it stands for."""

    @property
    def end_reason(self) -> str | None:
        """Why it ended."""


def membership_values(
    team: Team, person_id: Any, spec: MembershipSpec, decision_id: int | None = None
) -> dict[str, Any]:
    """The columns of somebody's membership in a team."""
    why = EndReason.LEFT if spec.last_day else end_of_team(team)
    return {
        "person_id": person_id,
        "team_id": team.id,
        "role": spec.role.value,
        "body": word_of(spec.body),
        "decision_id": decision_id,
        "valid_from": spec.first_day,
        "valid_to": spec.ends(team),
        "end_reason": word_of(why),
    }


def membership_row(
    team: Team, person_id: Any, spec: MembershipSpec, decision_id: int | None = None
) -> Written:
    """What is written of somebody who joins a team."""
    values = membership_values(team, person_id, spec, decision_id)
    changes = {
        name.removesuffix("_id"): (None, value)
        for name, value in values.items()
        if name != "decision_id"  # it tells of itself
    }
    return Written(values, PlannedEvent(Event.MEMBER_ADDED, team.area_id, changes))


def membership_end(
    membership: KnownMembership,
    team: Team,
    ends: date,
    why: EndReason,
    in_words: str | None = None,
) -> Written:
    """What is written of a membership that ends before the day `ends`."""
    changes = ended(membership, ends, why) | {"reason": (None, in_words)}
    values = {"valid_to": ends, "end_reason": why.value}
    return Written(values, PlannedEvent(Event.MEMBERSHIP_ENDED, team.area_id, changes))


def membership_correction(membership: KnownMembership, team: Team, spec: MembershipSpec) -> Written:
    """What is written of a membership that was, all along, as `spec` says."""
    ends = spec.ends(team)
    values = {
        "role": spec.role.value,
        "body": word_of(spec.body),
        "valid_from": spec.first_day,
        "valid_to": ends,
        "end_reason": word_of(corrected_reason(membership, team, ends)),
    }
    changes = {name: (getattr(membership, name), value) for name, value in values.items()}
    return Written(values, PlannedEvent(Event.MEMBERSHIP_CORRECTED, team.area_id, changes))


def open_membership(
    team: Team, person_id: int, spec: MembershipSpec, decision_id: int | None = None
) -> Membership:
    """A new membership, in the database already."""
    membership = Membership(**membership_values(team, person_id, spec, decision_id))
    db.session.add(membership)
    db.session.flush()  # the record of it needs the id
    return membership


def join(
    team: Team,
    person_id: int,
    spec: MembershipSpec,
    decision: EstablishingDecision | None = None,
    *,
    by: User,
) -> Membership:
    """Open a part of somebody who joins, and put it on record."""
    decision_id = decision.id if decision else None
    return add_row(Membership, membership_row(team, person_id, spec, decision_id), by=by)


def close_membership(
    membership: Membership,
    ends: date,
    why: EndReason,
    *,
    by: User,
    in_words: str | None = None,
) -> None:
    """End a part before the day `ends`, and put on record why."""
    written = membership_end(membership, membership.team, ends, why, in_words)
    change_row(membership, written, by=by)


def ended(
    membership: KnownMembership, ends: date | None, why: EndReason | None
) -> dict[str, Change]:
    """The end of a membership and its reason, before and after."""
    return {
        "valid_to": (membership.valid_to, ends),
        "end_reason": (membership.end_reason, word_of(why)),
    }


def switch_membership(
    membership: Membership,
    spec: MembershipSpec,
    *,
    by: User,
    decision_id: int | None = None,
) -> Membership:
    """Change the role, on the first day in place, later by a successor, which is answered.

    The successor rests on the decision given, else on that of the membership.
    """
    if spec.first_day == membership.valid_from:
        wanted = replace(spec, last_day=membership.last_day)
        change_row(membership, membership_correction(membership, membership.team, wanted), by=by)
        return membership
    team, ends, why = membership.team, membership.last_day, membership.end_reason
    changes = _changed(membership, spec) | {"valid_from": (membership.valid_from, spec.first_day)}
    membership.valid_to, membership.end_reason = spec.first_day, EndReason.ROLE_CHANGED
    db.session.flush()  # one leader at a time: the old part must end before the new one begins
    successor = open_membership(
        team, membership.person_id, MembershipSpec(spec.role, spec.body, spec.first_day, ends)
    )
    successor.decision_id = decision_id or membership.decision_id
    successor.end_reason = why
    session_days().hand_over(membership, successor, spec.first_day)
    record(Event.ROLE_CHANGED, by=by, on=successor, area_id=team.area_id, changes=changes)
    return successor


def _changed(membership: Membership, spec: MembershipSpec) -> dict[str, tuple[Any, Any]]:
    """Role and body, before and after."""
    return {
        "role": (membership.role, spec.role.value),
        "body": (membership.body, word_of(spec.body)),
    }


def word_of(word: Body | EndReason | None) -> str | None:
    """A word as it is stored."""
    return word.value if word else None


WITH_THE_TEAM = (EndReason.DISSOLVED, EndReason.MERGED)


def end_of_team(team: Team) -> EndReason | None:
    """Why what lasts as long as a team ends with it; None while the team lasts."""
    if team.valid_to is None:
        return None
    return EndReason.MERGED if team.merged_into_id else EndReason.DISSOLVED


def corrected_reason(
    membership: KnownMembership, team: Team, ends: date | None
) -> EndReason | None:
    """Why a membership ends whose last day is corrected.

    A reason that is known stays as long as there is an end; who had none left, and who now ends
    with the team ends because it does. What ended with the team and now ends earlier left.
    """
    known = EndReason(membership.end_reason) if membership.end_reason else None
    if ends is None or ends == membership.valid_to:
        return known if ends else None
    if ends == team.valid_to:
        return end_of_team(team)
    if membership.valid_to is None or known in WITH_THE_TEAM:
        return EndReason.LEFT
    return known
