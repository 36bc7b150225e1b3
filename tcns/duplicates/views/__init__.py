"""Pages of duplicates: the list of pairs, and two persons side by side."""

from tcns.duplicates.views import comparing, listing
from tcns.duplicates.views.root import blueprint

# Importing the pages is what puts them on the blueprint.
__all__ = ["blueprint", "comparing", "listing"]
