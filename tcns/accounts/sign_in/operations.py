"""Letting somebody in: by password, or by one-time code and a new password.

The steps keep hashing out of the write transaction, ask again under its lock what was asked
before it, and answer the same, in a similar time, whatever was wrong.
"""

from typing import NamedTuple, NoReturn

from sqlalchemy import select

from tcns.accounts.credentials import passwords
from tcns.accounts.credentials.one_time_codes import code_digest, is_same
from tcns.accounts.credentials.password_rules import MEMBER_LENGTH, ROLE_LENGTH, check_password
from tcns.accounts.credentials.session_keys import new_key
from tcns.accounts.device_operations import Traces, end_sign_ins, open_sign_in, sign_out
from tcns.accounts.models import SignIn, User
from tcns.accounts.operations import set_password
from tcns.accounts.queries import find_user, guessable_words
from tcns.accounts.sign_in.throttling import (
    Asker,
    Purpose,
    Try,
    count_try,
    forget_tries,
    take_back,
)
from tcns.accounts.user_names import plain_user_name
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.clock import now, today
from tcns.database import db, writing
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _


class Visitor(NamedTuple):
    """Who asks to be let in: from where, User-Agent header, whether on their own phone."""

    asker: Asker
    device: str
    own_phone: bool


class NewPassword(NamedTuple):
    """The hash that was kept when the present password was proved, and that of the next one."""

    kept: str
    fresh: str


class Admission(NamedTuple):
    """The key for the cookie, whether the browser may keep it when it is closed, and the key by
    which the device is known again for long."""

    key: str
    permanent: bool
    device_key: str


def admit_by_password(user_name: str, password: str, visitor: Visitor) -> Admission:
    """Sign a device in; raises RuleViolation when user name or password is wrong, TooManyTries."""
    counted = count_try(plain_user_name(user_name), visitor.asker)
    user = find_user(user_name)
    kept = user.password_hash if user else None
    if not passwords.matches(kept, password) or user is None or kept is None:
        refuse(user)
    fresh = passwords.hash_password(password) if passwords.needs_rehash(kept) else kept
    return _enter(user, kept, fresh, counted, visitor)


def admit_by_code(
    user_name: str, code: str, password: str, visitor: Visitor, *, secret: str
) -> Admission:
    """Set a new password by a one-time code and sign the device in; all others are signed out.

    A form sent twice finds its code used up, but its password is the one just set: it is let in.
    Raises RuleViolation when user name or code is wrong, or when the password is refused.
    """
    counted = count_try(plain_user_name(user_name), visitor.asker, Purpose.CODE)
    user = find_user(user_name)
    digest = code_digest(secret, user.id if user else 0, code)
    if not _is_code_of(user, digest) or user is None:
        return _enter_again(user_name, password, counted, visitor)
    try:
        check_new_password(user, password)
    except RuleViolation:
        take_back(counted)  # whoever knows the code is not guessing
        raise
    fresh = passwords.hash_password(password)
    with writing():
        is_right = _is_code_of(user, digest)
        if is_right:
            forget_tries(counted)
            set_password(user, fresh, by=user)
            end_sign_ins(user, by=user)
            admission = _open(user, visitor)
    return admission if is_right else _enter_again(user_name, password, counted, visitor)


def end_by_digest(key_hash: str) -> None:
    """End, in a transaction of its own, the sign-in whose key has this digest, for its user."""
    with writing():
        own = db.session.scalar(select(SignIn).where(SignIn.key_hash == key_hash))
        if own:
            sign_out(own)


def prepare_password(
    user: User, old: str, password: str, asker: Asker
) -> NewPassword | RuleViolation:
    """Prove the present password and hash the next one, or say what is wrong with either.

    The error is returned, not raised: a form sent twice finds the old password changed already,
    and its idempotency key must be asked before anything is said.
    """
    try:
        counted = count_try(user.user_name, asker, Purpose.PRESENT_PASSWORD)
        kept = user.password_hash
        if kept is None or not passwords.matches(kept, old):
            return RuleViolation(_("This is not your present password."), "old_password")
        take_back(counted)
        if passwords.matches(kept, password):
            return RuleViolation(_("This is your present password. Choose another."), "password")
        check_new_password(user, password)
    except RuleViolation as broken:
        return broken
    return NewPassword(kept, passwords.hash_password(password))


def check_new_password(user: User, password: str) -> None:
    """Refuse a password that is too weak for this user; raises RuleViolation."""
    check_password(password, shortest=shortest_password(user), words=guessable_words(user))


def shortest_password(user: User) -> int:
    """How many characters a password of this user has at least."""
    return ROLE_LENGTH if user.roles_on(today()) else MEMBER_LENGTH


def refuse(user: User | None) -> NoReturn:
    """Note the failure and say, always in the same words, that it was one."""
    with writing():
        record(Event.SIGN_IN_FAILED, by=None, on=user, area_id=user.home_area_id if user else None)
    raise RuleViolation(
        _(
            "The user name, password or code is not right, or the account is closed. Check what "
            "you typed. Your commune official can give you a one-time code."
        )
    )


def _enter(user: User, kept: str, fresh: str, counted: Try, visitor: Visitor) -> Admission:
    """Sign the device in if, under the lock, the account is open and the password the same."""
    with writing():
        is_right = user.is_active and user.password_hash == kept
        if is_right:
            forget_tries(counted)
            user.password_hash = fresh
            admission = _open(user, visitor)
    return admission if is_right else refuse(user)


def _enter_again(user_name: str, password: str, counted: Try, visitor: Visitor) -> Admission:
    """Let in whoever sends the activation form again: the password it sets is set already.

    That is a try of the password like any other, or codes would be a way around its limits.
    """
    admission = admit_by_password(user_name, password, visitor)
    take_back(counted)
    return admission


def _open(user: User, visitor: Visitor) -> Admission:
    """Open a sign-in under a new key."""
    key, asker = new_key(), visitor.asker
    asker = asker._replace(device_key=asker.device_key or new_key())
    sign_in = open_sign_in(
        user,
        key=key,
        device=visitor.device,
        own_phone=visitor.own_phone,
        traces=Traces(asker.device_hash, asker.network_hash),
    )
    is_lasting = visitor.own_phone and sign_in.idle_minutes is None
    return Admission(key, permanent=is_lasting, device_key=str(asker.device_key))


def _is_code_of(user: User | None, digest: str) -> bool:
    """Whether the digest is that of the account's one-time code, and the code still holds."""
    if user is None or not user.is_active or user.code_expires_at is None:
        return False
    return is_same(user.code_hash, digest) and now() < user.code_expires_at
