"""Telling the officials of a commune how it stands."""

from datetime import date, datetime, time, timedelta

from tcns.accounts.queries import officials_of
from tcns.areas.models import Area
from tcns.clock import ZONE, today
from tcns.database.locking import lock
from tcns.digests.queries import digest_of
from tcns.notices.operations import notify
from tcns.notices.queries import told_since
from tcns.notices.vocabulary import NoticeKind


def tell_week(commune: Area) -> int:
    """Tell each official of a commune once in a week, from Monday on, how it stands; how many were
    told now."""
    lock(commune)
    told = told_since(NoticeKind.WEEKLY_DIGEST, commune.id, _began(today()))
    officials = officials_of([commune]) - told
    if officials:
        facts = digest_of(commune).facts()
        notify(officials, NoticeKind.WEEKLY_DIGEST, commune.id, facts, by=None)
    return len(officials)


def _began(day: date) -> datetime:
    """The moment at which the week of a day began."""
    return datetime.combine(day - timedelta(days=day.weekday()), time(), ZONE)
