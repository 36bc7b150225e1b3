"""What the visitor's pages ask the checks: in their scope, by the province's sizes."""

from flask import url_for

from tcns.areas.places import Place
from tcns.checks.catalogue import CHECKS
from tcns.checks.context import Check, CheckContext
from tcns.checks.counting import Found, counted
from tcns.clock import today
from tcns.permissions.guards import my_scope
from tcns.team_sizes import team_sizes
from tcns.teams.phone_views import my_phones


def context_at(place: Place, text: str = "") -> CheckContext:
    """A place today, with the sizes that the province expects."""
    return CheckContext(
        on=today(),
        place=place,
        sizes=team_sizes(),
        text=text,
        phones=my_phones(),
    )


def found_at(place: Place) -> list[Found]:
    """How much each check finds in a place, of what the visitor may know."""
    return counted(my_scope, CHECKS, context_at(place))


def found_at_once(place: Place) -> list[Found]:
    """The same for a first page, which waits for nothing: what takes long for a whole province is
    left out there."""
    checks = [c for c in CHECKS if not (c.listing.count and my_scope(c.permission).everything)]
    return counted(my_scope, checks, context_at(place))


def url_of(check: Check, under: str | None = None) -> str:
    """The list of what a check finds, in an area."""
    if check.listing.part:
        return url_for(check.listing.page, key=check.key, under=under)
    return url_for(check.listing.page, under=under)
