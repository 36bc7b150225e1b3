"""Pages of duplicates: the list of pairs, and two persons side by side."""

from tcns.duplicates.blueprint import blueprint
from tcns.duplicates.views import comparing, listing

# Importing the pages is what puts them on the blueprint.
__all__ = ["blueprint", "comparing", "listing"]
