"""Pages of the audit trail: the whole of it, and the history of one record."""

from tcns.audit.views import history, trail
from tcns.audit.views.root import blueprint

# Importing the pages is what puts them on the blueprint.
__all__ = ["blueprint", "history", "trail"]
