"""The question a visitor puts to the cockpit."""

from dataclasses import replace

from tcns.cockpit.vocabulary import KEYS
from tcns.coverage.forms import CoverageForm
from tcns.coverage.questions import Wish


class CockpitForm(CoverageForm):
    """The same as of coverage, but which measures are shown is the cockpit's own affair."""

    def wish(self) -> Wish:
        """What was given, of the cockpit's measures."""
        return replace(super().wish(), measures=KEYS)
