"""How much each check finds: counted anew only where the data it rests on have changed."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple

from sqlalchemy import case, func, true

from tcns.checks.catalogue import CHECKS
from tcns.checks.context import Check, CheckContext
from tcns.database import db
from tcns.database.kept import kept
from tcns.permissions.scope import Scope
from tcns.permissions.vocabulary import Permission

Totals = tuple[int, ...]


class Found(NamedTuple):
    """A check and how much it finds."""

    check: Check
    total: int


def _alike() -> Iterable[tuple[Check, ...]]:
    """The checks that look at the same records, with the same right and resting on the same data:
    they are counted in one statement. What counts by itself stands alone."""
    groups: defaultdict[tuple[object, ...], list[Check]] = defaultdict(list)
    for check in CHECKS:
        alone = check.key if check.count or check.listing.count else ""
        groups[alone, id(check.listing), check.permission, check.subjects].append(check)
    return (tuple(group) for group in groups.values())


def _totals(checks: tuple[Check, ...], scope: Scope, context: CheckContext) -> Totals:
    """How much each of some checks that look at the same records finds."""
    first = checks[0]
    count = first.count or first.listing.count
    if count:
        return (count(scope, context),)
    assert first.listing.find, "what is only counted counts by itself"
    clauses = [check.clause(scope, context) if check.clause else true() for check in checks]
    query = first.listing.find(scope, context).order_by(None)
    if len(clauses) == 1:
        counts = [func.count()]
        query = query.where(*clauses)
    else:
        counts = [func.count(case((clause, 1))) for clause in clauses]
    return tuple(
        db.session.execute(query.with_only_columns(*counts, maintain_column_froms=True)).one()
    )


# The checks that are alike and how they are counted: apart from the others, for a session that is
# logged changes one of them.
GROUPS = tuple((group, kept(*group[0].subjects)(partial(_totals, group))) for group in _alike())


def counted(
    scope_of: Callable[[Permission], Scope], checks: Sequence[Check], context: CheckContext
) -> list[Found]:
    """How much each check finds within the scope of its permission.

    Checks of which somebody may know nothing at all are left out.
    """
    totals: dict[str, int] = {}
    for group, count in GROUPS:
        scope = scope_of(group[0].permission)
        if scope and any(check in checks for check in group):
            totals |= zip((check.key for check in group), count(scope, context), strict=True)
    return [Found(check, totals[check.key]) for check in checks if check.key in totals]
