"""When the clock of a phone is said to be off: its moments are claims, and are marked so."""

from datetime import date, datetime, timedelta

from tcns.clock import ZONE

MOST = timedelta(days=1)


def is_clock_off(
    held_on: date,
    logged_at: datetime | None,
    sent_at: datetime | None,
    *,
    received_at: datetime,
) -> bool:
    """Whether a phone's clock differed by more than a day, whatever time the session waited on it.

    What it called the moment of sending is compared with the server's moment of receiving, and
    both with what it called the moment of writing: nothing is written down after it was sent, nor
    before the day it was held on. Of what a phone did not say nothing is concluded.
    """
    if sent_at is not None and abs(received_at - sent_at) > MOST:
        return True
    if logged_at is None:
        return False
    is_too_late = logged_at - (sent_at or received_at) > MOST
    return is_too_late or held_on - logged_at.astimezone(ZONE).date() > MOST
