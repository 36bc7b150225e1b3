"""What is decided about two persons who may be one: joining them, telling them apart."""

from typing import Any

from sqlalchemy import or_, select

from tcns.accounts.models import User
from tcns.accounts.operations import close_account
from tcns.activities.attendance_operations import hand_over_attendance
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.clock import now, today
from tcns.database import db
from tcns.database.locking import lock
from tcns.duplicates.models import DistinctPair
from tcns.duplicates.pairs import Pair, pair_of
from tcns.errors import RuleViolation, Stale
from tcns.i18n import gettext as _
from tcns.permissions.vocabulary import Permission
from tcns.teams.locking import lock_person
from tcns.teams.members.person_merge import hand_over_memberships, remove_joined
from tcns.teams.members.person_operations import PersonText, correct_person, keeping_area
from tcns.teams.models import Person
from tcns.teams.ownership import present_or_last
from tcns.teams.training.operations import hand_over_training
from tcns.undo.models import Reversible
from tcns.undo.operations import undoable
from tcns.undo.vocabulary import ReversibleKind


def is_in_charge(pair: Pair, user: User) -> bool:
    """Whether a user keeps both persons: all their present memberships, else the last ones."""
    scope = user.scope_for(Permission.PERSON_WRITE)
    kept = [present_or_last(person.memberships, today()) for person in pair]
    return all(kept) and all(scope.covers(placed) for memberships in kept for placed in memberships)


def lock_pair(pair: Pair, version: str | None = None) -> None:
    """Lock two persons and all teams of theirs.

    Raises RuleViolation where either was merged, or joined another team, in the meantime, and Stale
    where they are no more the version that was looked at.
    """
    teams = {placed.team for person in pair for placed in person.memberships}
    for team in sorted(teams, key=lambda team: team.id):
        lock(team)
    for person in pair:
        lock_person(person)
    if not teams >= {placed.team for person in pair for placed in person.memberships}:
        raise RuleViolation(_("The memberships were changed in the meantime. Look again."))
    if version is not None and version != pair.version:
        raise Stale


def merge_persons(
    kept: Person, merged: Person, text: PersonText, *, by: User, version: str | None = None
) -> Reversible:
    """Join a person who is on file twice into one row, of which `text` says who it is.

    The kept row gets every membership, training and session helped at of the other. Its account
    stays; where it has none it gets that of the other, else that one is closed. Answers what can
    be undone.
    """
    pair = pair_of(kept, merged)
    lock_pair(pair, version)
    _check_in_charge(pair, by)
    if distinction_of(pair):
        raise RuleViolation(_("They were told apart. Revoke that first."))
    area_id = keeping_area(kept)
    with undoable(ReversibleKind.PERSONS_MERGED, by=by, area_id=area_id) as done:
        _hand_over(merged, kept, by=by)
        _record(Event.PERSONS_MERGED, pair, area_id, by=by)
        _hand_over_account(merged, kept, area_id, by=by)
        merged.merged_into = kept
        _say_who(kept, text, by=by)
    return done


def _hand_over(former: Person, successor: Person, *, by: User) -> None:
    """Let one person have what hangs on another."""
    joins = hand_over_memberships(former, successor, by=by)
    for join in joins:
        hand_over_attendance(join.gone, join.holding)
    remove_joined(joins, by=by)
    hand_over_training(former, successor)
    _hand_over_distinctions(former, successor)
    db.session.flush()
    db.session.expire(successor, ["memberships"])
    db.session.expire(former, ["memberships"])


def _hand_over_distinctions(former: Person, successor: Person) -> None:
    """Who was told apart from one person is told apart from the row they are merged into."""
    involved = or_(DistinctPair.person_id == former.id, DistinctPair.other_id == former.id)
    for apart in db.session.scalars(select(DistinctPair).where(involved)).all():
        third = apart.other_id if apart.person_id == former.id else apart.person_id
        key = min(third, successor.id), max(third, successor.id)
        if db.session.get(DistinctPair, key) is None:
            again = DistinctPair(person_id=key[0], other_id=key[1], by_id=apart.by_id, at=apart.at)
            db.session.add(again)
            db.session.flush()  # two who are told apart from one may be told apart as one


def _hand_over_account(former: Person, successor: Person, area_id: int | None, *, by: User) -> None:
    """Leave one account: the successor's, else the former's; a second one is closed."""
    account = former.user
    if account is None:
        return
    if successor.user is not None:
        _close(account, by=by)
        return
    former.user = None
    db.session.flush()  # an account is one person's
    successor.user = account
    changes = {"user_name": (None, account.user_name)}
    record(Event.ACCOUNT_LINKED, by=by, on=successor, area_id=area_id, changes=changes)


def _close(account: User, *, by: User) -> None:
    if not by.scope_for(Permission.ACCOUNT_WRITE).covers(account):
        raise RuleViolation(
            _("The account %(name)s belongs to another area.", name=account.user_name)
        )
    close_account(account, by=by)


def _say_who(person: Person, text: PersonText, *, by: User) -> None:
    """Put the person's name, phone and year right, where that changes anything."""
    if any(getattr(person, field) != value for field, value in vars(text).items()):
        correct_person(person, text, by=by)


def tell_apart(pair: Pair, *, by: User, version: str | None = None) -> None:
    """Remember that two persons are not the same; once is enough."""
    lock_pair(pair, version)
    _check_in_charge(pair, by)
    if distinction_of(pair) is None:
        ids = {"person_id": pair.one.id, "other_id": pair.other.id}
        db.session.add(DistinctPair(**ids, by_id=by.id, at=now()))
        _record(Event.PERSONS_TOLD_APART, pair, keeping_area(pair.one), by=by)


def doubt_again(pair: Pair, *, by: User, version: str | None = None) -> None:
    """Take back that two persons were told apart."""
    lock_pair(pair, version)
    _check_in_charge(pair, by)
    apart = distinction_of(pair)
    if apart is not None:
        db.session.delete(apart)
        _record(Event.PERSONS_DOUBTED_AGAIN, pair, keeping_area(pair.one), by=by)


def distinction_of(pair: Pair) -> DistinctPair | None:
    """That two persons were told apart, if they were."""
    return db.session.get(DistinctPair, (pair.one.id, pair.other.id))


def _check_in_charge(pair: Pair, user: User) -> None:
    """Refuse who does not keep both persons."""
    if not is_in_charge(pair, user):
        raise RuleViolation(
            _(
                "Only who keeps all memberships of both persons decides this: where they are in "
                "teams of several communes, the province."
            )
        )


def _record(event: Event, pair: Pair, area_id: int | None, *, by: User) -> None:
    """Put on record of each person what was decided about the other."""
    for person, other in ((pair.one, pair.other), (pair.other, pair.one)):
        changes: dict[str, Any] = {"other_person": (None, other.id)}
        record(event, by=by, on=person, area_id=area_id, changes=changes)
