"""Pages of the audit trail: the whole of it, and the history of one record."""

from tcns.audit.blueprint import blueprint
from tcns.audit.views import history, trail

# Importing the pages is what puts them on the blueprint.
__all__ = ["blueprint", "history", "trail"]
