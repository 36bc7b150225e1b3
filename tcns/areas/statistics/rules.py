"""When statistics of a village can be put on record."""

from collections.abc import Iterator

from tcns.areas.statistics.rows import Statistics
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _


def statistics_violations(said: Statistics) -> Iterator[RuleViolation]:
    """Why some statistics cannot be so: nothing is said, or more than all; the field of a share is
    called as the statistic."""
    if not said:
        yield RuleViolation(_("Enter at least one of the figures."))
    for statistic, counted in said.items():
        if counted.out_of is not None and counted.value > counted.out_of:
            yield RuleViolation(_("This is more than were asked."), statistic.value)
