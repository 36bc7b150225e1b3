"""How much each check finds: all that SQL can find in one question."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import func, select

from tcns.checks.context import Check, CheckContext
from tcns.database import db
from tcns.permissions.scope import Scope
from tcns.permissions.vocabulary import Permission


class Found(NamedTuple):
    """A check and how much it finds."""

    check: Check
    total: int


def counted(
    scope_of: Callable[[Permission], Scope], checks: Iterable[Check], context: CheckContext
) -> list[Found]:
    """How much each check finds within the scope of its permission.

    Checks of which somebody may know nothing at all are left out.
    """
    own = [(check, scope) for check in checks if (scope := scope_of(check.permission))]
    totals = _in_one_question([pair for pair in own if not pair[0].listing.count], context)
    for check, scope in own:
        if check.listing.count:
            totals[check.key] = check.listing.count(scope, context)
    return [Found(check, totals[check.key]) for check, _scope in own]


def _in_one_question(
    checks: Sequence[tuple[Check, Scope]], context: CheckContext
) -> dict[str, int]:
    """How much those checks find that find by SQL, by key."""
    if not checks:
        return {}
    counts = [
        check.find(scope, context)
        .with_only_columns(func.count(), maintain_column_froms=True)
        .order_by(None)
        .scalar_subquery()
        for check, scope in checks
    ]
    row = db.session.execute(select(*counts)).one()
    return {check.key: total for (check, _scope), total in zip(checks, row, strict=True)}
