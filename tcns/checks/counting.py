"""How much each check finds: all of them in one question."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from sqlalchemy import func, select

from tcns.checks.ground import Check, Ground
from tcns.database import db
from tcns.permissions.scope import Scope
from tcns.permissions.vocabulary import Permission


class Found(NamedTuple):
    """A check and how much it finds."""

    check: Check
    total: int


def counted(
    scope_of: Callable[[Permission], Scope], checks: Iterable[Check], ground: Ground
) -> list[Found]:
    """How much each check finds within the scope of its permission.

    Checks of which somebody may know nothing at all are left out.
    """
    own = [(check, scope) for check in checks if (scope := scope_of(check.permission))]
    if not own:
        return []
    counts = [
        check.find(scope, ground)
        .with_only_columns(func.count(), maintain_column_froms=True)
        .order_by(None)
        .scalar_subquery()
        for check, scope in own
    ]
    row = db.session.execute(select(*counts)).one()
    return [Found(check, total) for (check, _scope), total in zip(own, row, strict=True)]
