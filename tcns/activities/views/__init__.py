"""Pages of sessions: lists, logging and correcting, review."""

from tcns.activities.blueprint import blueprint
from tcns.activities.grid import views as grid
from tcns.activities.photographs import views as photographs
from tcns.activities.review import queue_views as queue
from tcns.activities.review import views as review
from tcns.activities.views import bulk, entry, lists

# Importing the pages is what puts them on the blueprint.
__all__ = ["blueprint", "bulk", "entry", "grid", "lists", "photographs", "queue", "review"]
