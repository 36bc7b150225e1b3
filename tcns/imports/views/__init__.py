"""The pages of imports."""

from tcns.imports.views import found, taking_in, upload
from tcns.imports.views.root import blueprint

__all__ = ["blueprint", "found", "taking_in", "upload"]
