"""The application's one clock in the hands of a test, for what is compared with itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo

import pytest

import tcns.clock


@contextmanager
def clock_stopped(at: datetime | None = None) -> Iterator[None]:
    """The application's clock stands still, at a moment (with a zone) or at the present one."""
    moment = at or tcns.clock.now()

    class Stopped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return moment.astimezone(tz)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tcns.clock, "datetime", Stopped)
        yield
