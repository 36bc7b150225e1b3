"""How much each check finds: counted anew only where the data it rests on have changed."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple

from tcns.checks.catalogue import CHECKS
from tcns.checks.context import Check, CheckContext
from tcns.database.kept import kept
from tcns.permissions.scope import Scope
from tcns.permissions.vocabulary import Permission

# How each check counts what it finds, by its key: apart from each other, for a session that is
# logged changes one of them.
COUNTS = {check.key: kept(*check.subjects)(partial(Check.count, check)) for check in CHECKS}


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
    return [Found(check, COUNTS[check.key](scope, context)) for check, scope in own]
