"""Questions about what can be undone."""

from tcns.database import db
from tcns.permissions.scope import Scope
from tcns.undo.models import Reversible


def reversible_by_id(scope: Scope, reversible_id: int) -> Reversible | None:
    """What was done in the areas of the scope under this id; None when there is no such thing."""
    found = db.session.get(Reversible, reversible_id)
    return found if found and scope.covers(found) else None
