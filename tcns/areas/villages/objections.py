"""What keeps a village from ending on a day: what other domains know of it from then on.

These domains stand above areas, which do not know them. They register what they would object.
"""

from collections.abc import Callable, Iterator
from datetime import date

from tcns.areas.models import Area
from tcns.errors import RuleViolation

Objection = Callable[[Area, date], Iterator[RuleViolation]]
_registered: list[Objection] = []


def objects_to_an_end(objection: Objection) -> Objection:
    """Register what is asked before an area ends: why it must still exist on a day."""
    _registered.append(objection)
    return objection


def objections(area: Area, day: date) -> Iterator[RuleViolation]:
    """Why an area cannot be gone on a day."""
    for objection in _registered:
        yield from objection(area, day)
