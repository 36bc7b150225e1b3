"""What changes sign-ins: a device that is signed in, one that is signed out."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, exists, or_
from sqlalchemy.orm import aliased

from tcns.accounts import queries
from tcns.accounts.credentials.session_keys import digest
from tcns.accounts.models import SignIn, User
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.clock import now, today
from tcns.database import db, delete_rows
from tcns.permissions.vocabulary import Role


class Lifetime(NamedTuple):
    """How long a sign-in lasts in all, and how many minutes without a page end it."""

    longest: timedelta
    idle_minutes: int | None


OWN_PHONE = Lifetime(timedelta(days=180), None)
MEMBER = Lifetime(timedelta(hours=12), None)
ROLE_HOLDER = Lifetime(timedelta(hours=12), 120)
ADMINISTRATOR = Lifetime(timedelta(hours=12), 30)


def lifetime_for(user: User, *, own_phone: bool) -> Lifetime:
    """How long a sign-in of this user lasts; only team members may stay signed in for long."""
    roles = {assignment.kind for assignment in user.roles_on(today())}
    if Role.PROVINCE_ADMINISTRATOR in roles:
        return ADMINISTRATOR
    if roles:
        return ROLE_HOLDER
    return OWN_PHONE if own_phone else MEMBER


class Traces(NamedTuple):
    """By what a device is known again: the digests of its own key and of its address."""

    device_hash: str | None = None
    network_hash: str | None = None


UNTRACED = Traces()


def open_sign_in(
    user: User, *, key: str, device: str, own_phone: bool, traces: Traces = UNTRACED
) -> SignIn:
    """Sign a device in under a new key, of which only the digest is kept."""
    moment = now()
    lifetime = lifetime_for(user, own_phone=own_phone)
    sign_in = SignIn(
        key_hash=digest(key),
        user=user,
        device=device,
        device_hash=traces.device_hash,
        network_hash=traces.network_hash,
        created_at=moment,
        last_seen_at=moment,
        expires_at=moment + lifetime.longest,
        idle_minutes=lifetime.idle_minutes,
    )
    db.session.add(sign_in)
    record(Event.SIGNED_IN, by=user, on=user, area_id=user.home_area_id)
    return sign_in


def sign_out(sign_in: SignIn) -> None:
    """End the sign-in of the device its user is sitting at."""
    if _end([sign_in], now()):
        user = sign_in.user
        record(Event.SIGNED_OUT, by=user, on=user, area_id=user.home_area_id)


def end_sign_in(sign_in: SignIn, *, by: User | None) -> None:
    """Sign another device out."""
    if _end([sign_in], now()):
        user = sign_in.user
        record(Event.SIGN_IN_REVOKED, by=by, on=user, area_id=user.home_area_id)


def end_sign_ins(user: User, *, by: User | None, keep_id: int | None = None) -> int:
    """Sign out all devices of a user, or all but one; how many there were."""
    held = [sign_in for sign_in in queries.sign_ins_of(user) if sign_in.id != keep_id]
    count = _end(held, now())
    if count:
        changes = {"device_count": (count, 0)}
        record(Event.SIGN_IN_REVOKED, by=by, on=user, area_id=user.home_area_id, changes=changes)
    return count


def purge_sign_ins(before: datetime) -> int:
    """Delete the sign-ins that are over and were last seen before a moment; how many there were.

    Of each account the one seen last stays: its page says when its holder was last there. Those
    that end without a page for some minutes have ended by then, whatever their row says.
    """
    later = aliased(SignIn)
    is_over = or_(
        SignIn.ended_at.is_not(None), SignIn.expires_at <= now(), SignIn.idle_minutes.is_not(None)
    )
    was_seen_since = exists().where(
        later.user_id == SignIn.user_id, later.last_seen_at > SignIn.last_seen_at
    )
    return delete_rows(delete(SignIn).where(SignIn.last_seen_at < before, is_over, was_seen_since))


def _end(sign_ins: Iterable[SignIn], moment: datetime) -> int:
    """End those sign-ins that have not ended; how many did."""
    held = [sign_in for sign_in in sign_ins if sign_in.ended_at is None]
    for sign_in in held:
        sign_in.ended_at = moment
    return len(held)
