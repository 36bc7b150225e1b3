"""What all pages share: forms, idempotency keys, paging, menu, error pages, security headers."""

from flask import Flask

from tcns.web.assets import register_assets
from tcns.web.attributes import register_attributes
from tcns.web.errors import register_errors
from tcns.web.headers import register_headers
from tcns.web.icons import register_icons
from tcns.web.idempotency import register_idempotency
from tcns.web.kept_pages import register_kept_pages
from tcns.web.menu import register_menu
from tcns.web.sorting import register_sorting


def register_web(app: Flask) -> None:
    """Give every page its headers, menu, versioned assets and error pages."""
    register_headers(app)
    register_idempotency(app)
    register_assets(app)
    register_attributes()
    register_icons(app)
    register_menu(app)
    register_kept_pages(app)
    register_sorting(app)
    register_errors(app)
