"""Slowed guessing: how often somebody may try to sign in before having to wait.

A try is counted, in a short transaction of its own, before the password is compared, and taken
back when it was right. However many tries run at once, in however many processes, no more than
the allowed ones are compared.

Nobody is shut out by strangers. Who asks from a device that has signed in to the account before
has an allowance of their own. Others are counted by name and address together, and by address;
those at an address from which the account has never been signed in to also by name, and all
together. So an attacker with one address compares at most 50 passwords a day with one account and
300 with all of them; one with 1,000 addresses at most 1,440 (60 an hour) with one account, and
172,800 (600 in five minutes) with all.

Each purpose counts by itself. One-time codes are not counted by name alone: nobody guesses their
50 bits, and they are the way in for whoever meets an attack on a new phone in a new place.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from enum import StrEnum
from ipaddress import ip_address, ip_network
from math import ceil
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, or_, select

from tcns.accounts.credentials.session_keys import digest
from tcns.accounts.models import SignIn, SignInAttempt, User
from tcns.clock import now
from tcns.database import db, delete_rows, writing
from tcns.errors import RuleViolation
from tcns.i18n import ngettext

IPV6_PREFIX = 64
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Limit(NamedTuple):
    """So many tries at most within a time."""

    most: int
    within: timedelta


BRIEF = timedelta(minutes=5)
PER_NAME_AT_ADDRESS = Limit(10, BRIEF), Limit(50, DAY)
PER_DEVICE = PER_NAME_AT_ADDRESS
PER_ADDRESS = Limit(30, BRIEF), Limit(300, DAY)
PER_NAME = (Limit(60, HOUR),)
OF_ALL = (Limit(600, BRIEF),)
# Of no use to any limit is what is older.
WINDOW = DAY

Limits = Mapping[str, tuple[Limit, ...]]


class Purpose(StrEnum):
    """What is tried: to sign in, to use a one-time code, to prove the present password."""

    PASSWORD = "password"
    CODE = "code"
    PRESENT_PASSWORD = "present password"


class TooManyTries(RuleViolation):
    """There were too many failed tries; `seconds` is how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(_too_many(seconds))
        self.seconds = seconds


class Asker(NamedTuple):
    """Who asks, as far as it can be told: network address, and the key of the device, if any."""

    address: str | None
    device_key: str | None = None

    @property
    def device_hash(self) -> str | None:
        """What is stored of the device's key."""
        return digest(f"device {self.device_key}") if self.device_key else None

    @property
    def network_hash(self) -> str:
        """What is stored of the address."""
        return digest(f"address {_network(self.address)}")


class Try(NamedTuple):
    """A counted try: its rows, and the digest of what a right one clears."""

    ids: tuple[int, ...]
    subject: str


def count_try(user_name: str, asker: Asker, purpose: Purpose = Purpose.PASSWORD) -> Try:
    """Count a try; raises TooManyTries, and counts nothing, when it is one too many."""
    limits = {
        digest(f"{purpose} {subject}"): each
        for subject, each in _limits(user_name, asker, purpose).items()
    }
    if wait := _seconds_to_wait(limits):
        raise TooManyTries(wait)
    with writing():
        forget_old_tries()
        rows = [SignInAttempt(subject=subject, at=now()) for subject in limits]
        db.session.add_all(rows)
        db.session.flush()  # the ids are needed to take the try back
        counted = Try(tuple(row.id for row in rows), rows[0].subject)
    if wait := _seconds_to_wait(limits, beside=counted):  # others tried at the same instant
        take_back(counted)
        raise TooManyTries(wait)
    return counted


def forget_old_tries() -> int:
    """Forget, within a transaction, the tries that count no more; how many there were."""
    is_old = SignInAttempt.at <= now() - WINDOW
    return delete_rows(delete(SignInAttempt).where(is_old))


def take_back(counted: Try) -> None:
    """Take a counted try back, in a short transaction of its own: it was no guess."""
    with writing():
        db.session.execute(delete(SignInAttempt).where(SignInAttempt.id.in_(counted.ids)))


def forget_tries(counted: Try) -> None:
    """Forget, within a transaction, what was counted of a user name on this device, or at this
    address: its password was right.

    Of the rest only this one try is taken back: one right password clears nobody else's.
    """
    is_over = or_(SignInAttempt.id.in_(counted.ids), SignInAttempt.subject == counted.subject)
    db.session.execute(delete(SignInAttempt).where(is_over))


def _limits(user_name: str, asker: Asker, purpose: Purpose) -> Limits:
    """What a try is counted under, first that which a right one clears, and how often it may be."""
    device, network = asker.device_hash, asker.network_hash
    if device and _has_signed_in(user_name, SignIn.device_hash == device):
        return {f"user name {user_name} on device {device}": PER_DEVICE}
    limits: dict[str, tuple[Limit, ...]] = {
        f"user name {user_name} at {network}": PER_NAME_AT_ADDRESS,
        f"address {network}": PER_ADDRESS,
    }
    if _has_signed_in(user_name, SignIn.network_hash == network):
        return limits
    if purpose is not Purpose.CODE:
        limits[f"user name {user_name}"] = PER_NAME
    return {**limits, "all": OF_ALL}


def _has_signed_in(user_name: str, how: ColumnElement[bool]) -> bool:
    """Whether the account has been signed in to so, as long as sign-ins are kept."""
    mine = (
        select(SignIn.id).join(User, User.id == SignIn.user_id).where(User.user_name == user_name)
    )
    return db.session.scalar(mine.where(how).limit(1)) is not None


def _seconds_to_wait(limits: Limits, beside: Try | None = None) -> int:
    """How long until another try is allowed; 0 when it is now. `beside` has been counted itself."""
    return max(_waits(limits, beside.ids if beside else ()))


def _waits(limits: Limits, own: tuple[int, ...]) -> Iterator[int]:
    """How long each limit makes one wait."""
    moment = now()
    for subject, each in limits.items():
        for most, within in each:
            query = select(SignInAttempt.at).where(
                SignInAttempt.subject == subject,
                SignInAttempt.at > moment - within,
                SignInAttempt.id.not_in(own),
            )
            last = query.order_by(SignInAttempt.at.desc()).offset(most - 1).limit(1)
            hindering = db.session.scalar(last)
            yield max(1, ceil((hindering + within - moment).total_seconds())) if hindering else 0


def _too_many(seconds: int) -> str:
    """What is said to whoever has to wait."""
    if seconds > 2 * HOUR.total_seconds():
        return ngettext(
            "Too many failed attempts. Wait %(num)s hour, then try again. If you have "
            "forgotten the password, ask your commune official for a one-time code.",
            "Too many failed attempts. Wait %(num)s hours, then try again. If you have "
            "forgotten the password, ask your commune official for a one-time code.",
            ceil(seconds / HOUR.total_seconds()),
        )
    return ngettext(
        "Too many failed attempts. Wait %(num)s minute, then try again. If you have "
        "forgotten the password, ask your commune official for a one-time code.",
        "Too many failed attempts. Wait %(num)s minutes, then try again. If you have "
        "forgotten the password, ask your commune official for a one-time code.",
        ceil(seconds / 60),
    )


def _network(address: str | None) -> str:
    """The address as it is counted: an IPv6 one by its network, for whoever has one has many."""
    try:
        known = ip_address(address or "")
    except ValueError:
        return "unknown"
    return (
        str(ip_network(f"{known}/{IPV6_PREFIX}", strict=False))
        if known.version == 6
        else str(known)
    )
