"""The pages that are measured, and what is known of a like application."""

from datetime import date, timedelta
from typing import NamedTuple

from tcns.clock import today
from tcns.periods import reporting_month

READER, ADMINISTRATOR = "xemxet", "tinh"


# What stands behind the name of a page that is asked for after a write.
ANEW = ", anew"


class PageAsked(NamedTuple):
    """A page, and who asks for it; whether it is measured after a write as well."""

    name: str
    path: str
    user_name: str = READER
    is_asked_anew: bool = False

    @property
    def key(self) -> str:
        """Its name as part of an address."""
        return self.name.replace(" ", "-")


def last_closed_day() -> date:
    """The last day of the last reporting month that is over."""
    return reporting_month(today()).first - timedelta(days=1)


def pages() -> list[PageAsked]:
    """The pages that are measured."""
    coverage = f"/coverage?by=district&on={last_closed_day()}"
    return [
        PageAsked("coverage", coverage, is_asked_anew=True),
        PageAsked("home", "/", ADMINISTRATOR, is_asked_anew=True),
        PageAsked("team list", "/teams"),
        PageAsked("search", "/search?q=nguyen"),
        PageAsked("empty page", "/search"),
    ]


# CPU milliseconds of an application in Django 5.2 with the same duties (eleven linked measures by
# ORM aggregates; sessions with topics, helpers, amounts and audit), measured once beside this one
# in one run: same machine, server and SQLite. It is no part of this project. On another machine
# both sides change; there, compare these with each other only.
DJANGO_MS = {
    "coverage": 20.3,
    "coverage" + ANEW: 21.7,
    "team list": 12.7,
    "search": 12.4,
    "log a session": 6.3,
}
