"""Where rights come from: the roles granted over an area."""

from collections.abc import Callable, Iterable
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy.orm import SessionTransaction

from tcns.accounts.models import RoleAssignment
from tcns.areas.queries import map_day
from tcns.areas.subtrees import closed_predecessors, kept_in
from tcns.areas.vocabulary import Level
from tcns.clock import today
from tcns.database import db
from tcns.permissions.scope import EVERYTHING, NOTHING, Scope, grants_rights
from tcns.permissions.vocabulary import ROLE_PERMISSIONS, Permission

Areas = frozenset[int]
# An account outlives the commune it belongs to: whoever took the commune over administers it. And
# whoever reads the persons of a closed village may take their list along.
REACHING_BACK = {Permission.ACCOUNT_WRITE, Permission.PERSON_EXPORT}
# The menu asks for many permissions over the same areas: their tree is read once in a transaction.
_known: WeakKeyDictionary[SessionTransaction, dict[tuple[Areas, str], Areas]] = WeakKeyDictionary()


@grants_rights
def rights_of_roles(user: Any, permission: Permission) -> Scope:
    """Where the roles `user` holds today let them do `permission`; a closed account has none.

    An installation serves one province, so a role over the province covers every map of it, past
    areas included. Any other role covers the area and what lies below it on the map day, with the
    closed villages that are counted there: somebody must look after their teams. For reading and
    exports, and for accounts, it covers also the areas that wholly became one of these.
    """
    if not user.is_authenticated or not user.is_active:
        return NOTHING
    granted = [
        assignment
        for assignment in user.roles_on(today())
        if permission in ROLE_PERMISSIONS[assignment.kind]
    ]
    if any(assignment.area.step is Level.PROVINCE for assignment in granted):
        return EVERYTHING
    reaches_back = permission is permission.reading or permission in REACHING_BACK
    return Scope(areas=_areas_under(granted, reaches_back=reaches_back))


def _areas_under(granted: list[RoleAssignment], *, reaches_back: bool) -> Areas:
    """The areas the assignments cover by the map day, and where asked what wholly became them."""
    tops = frozenset(assignment.area_id for assignment in granted)
    if not tops:
        return tops
    covered = _remembered(tops, "covered", lambda: kept_in(tops, map_day()))
    if not reaches_back:
        return covered
    return covered | _remembered(tops, "before", lambda: closed_predecessors(covered))


def _remembered(tops: Areas, question: str, read: Callable[[], Iterable[int]]) -> Areas:
    """What was read before in this transaction about the areas below `tops`."""
    session = db.session()
    known = _known.setdefault(session.get_transaction() or session.begin(), {})
    if (tops, question) not in known:
        known[tops, question] = frozenset(read())
    return known[tops, question]
