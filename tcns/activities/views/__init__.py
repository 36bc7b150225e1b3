"""Pages of sessions: lists, logging and correcting, review."""

from tcns.activities.views import bulk, entry, lists, review
from tcns.activities.views.root import blueprint

# Importing the pages is what puts them on the blueprint.
__all__ = ["blueprint", "bulk", "entry", "lists", "review"]
