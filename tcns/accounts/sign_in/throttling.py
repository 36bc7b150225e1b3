"""Slowed guessing: how often somebody may try to sign in before having to wait.

A try is counted, in a short transaction of its own, before the password is compared, and taken
back when it was right. However many tries run at once, in however many processes, no more than
the allowed ones are compared.
"""

from datetime import timedelta
from ipaddress import ip_address, ip_network
from math import ceil
from typing import NamedTuple

from sqlalchemy import delete, or_, select

from tcns.accounts.credentials.session_keys import digest
from tcns.accounts.models import SignInAttempt
from tcns.clock import now
from tcns.database import db, delete_rows, writing
from tcns.errors import RuleViolation
from tcns.i18n import ngettext

WINDOW = timedelta(minutes=5)
MOST_PER_USER_NAME = 10
MOST_PER_ADDRESS = 30
IPV6_PREFIX = 64


class TooManyTries(RuleViolation):
    """There were too many failed tries; `seconds` is how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            ngettext(
                "Too many failed attempts. Wait %(num)s minute, then try again. If you have "
                "forgotten the password, ask your commune official for a one-time code.",
                "Too many failed attempts. Wait %(num)s minutes, then try again. If you have "
                "forgotten the password, ask your commune official for a one-time code.",
                ceil(seconds / 60),
            )
        )
        self.seconds = seconds


class Try(NamedTuple):
    """A counted try: its rows, and the user name it concerns, as a digest."""

    ids: tuple[int, ...]
    subject: str


def count_try(user_name: str, address: str | None) -> Try:
    """Count a try by user name and by address; raises TooManyTries when it is one too many."""
    limits = {
        digest(f"user name {user_name}"): MOST_PER_USER_NAME,
        digest(f"address {_network(address)}"): MOST_PER_ADDRESS,
    }
    with writing():
        forget_old_tries()
        rows = [SignInAttempt(subject=subject, at=now()) for subject in limits]
        db.session.add_all(rows)
        db.session.flush()  # the ids are needed to take the try back
        counted = Try(tuple(row.id for row in rows), rows[0].subject)
    wait = max(_seconds_to_wait(subject, most) for subject, most in limits.items())
    if wait:
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
    """Forget, within a transaction, what was counted against a user name: its password was right.

    Of the address only this one try is taken back: one right password clears nobody else's.
    """
    is_over = or_(SignInAttempt.id.in_(counted.ids), SignInAttempt.subject == counted.subject)
    db.session.execute(delete(SignInAttempt).where(is_over))


def _seconds_to_wait(subject: str, most: int) -> int:
    """How long until the subject may try again; 0 when the try just counted is allowed."""
    query = select(SignInAttempt.at).where(
        SignInAttempt.subject == subject, SignInAttempt.at > now() - WINDOW
    )
    moments = sorted(db.session.scalars(query))
    if len(moments) <= most:
        return 0
    return max(1, ceil((moments[-most - 1] + WINDOW - now()).total_seconds()))


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
