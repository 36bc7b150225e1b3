"""The one clock: the present moment, and the day in Vietnam."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def today() -> date:
    """The day it is in Vietnam, wherever the server stands."""
    return datetime.now(ZONE).date()


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)
