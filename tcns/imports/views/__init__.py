"""The pages of imports."""

from tcns.imports.blueprint import blueprint
from tcns.imports.views import applying, rows, upload

__all__ = ["applying", "blueprint", "rows", "upload"]
