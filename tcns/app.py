"""The application: the only module that knows all the others."""

from typing import Any

from flask import Flask
from flask_bootstrap import Bootstrap5
from flask_compress import Compress
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

import tcns.accounts.commands
import tcns.accounts.views
import tcns.activities.attendance_hooks
import tcns.activities.models
import tcns.activities.months.undo_rules
import tcns.activities.views
import tcns.areas.agencies.views
import tcns.areas.boundaries.models
import tcns.areas.commands
import tcns.areas.statistics.views
import tcns.areas.views
import tcns.areas.villages.views
import tcns.audit.models
import tcns.audit.views
import tcns.backup.commands
import tcns.checks.views
import tcns.closings.blueprint
import tcns.closings.views
import tcns.cockpit.views
import tcns.coverage.changes.views
import tcns.coverage.commands
import tcns.coverage.presets.views
import tcns.coverage.views
import tcns.demo.commands
import tcns.digests.commands
import tcns.digests.views
import tcns.documents.blueprint
import tcns.documents.template_views
import tcns.documents.views
import tcns.duplicates.views
import tcns.files.commands
import tcns.health.views
import tcns.home.views
import tcns.imports.commands
import tcns.imports.views
import tcns.indicators.commands
import tcns.indicators.models
import tcns.indicators.views
import tcns.initiatives.views
import tcns.jobs.commands
import tcns.jobs.views
import tcns.notices.views
import tcns.open_figures.views
import tcns.phone.commands
import tcns.phone.views
import tcns.plans.views
import tcns.reports.blueprint
import tcns.reports.commands
import tcns.reports.document_views
import tcns.reports.scan_views
import tcns.reports.views
import tcns.results.views
import tcns.search.views
import tcns.silence.views
import tcns.teams.pages
import tcns.undo.views
import tcns.web.idempotency
from tcns.accounts.sign_in.session_cookie import register_sign_in
from tcns.config import ROOT, Settings, settings_from
from tcns.database import db
from tcns.database.background import register_background
from tcns.database.engine import register_database
from tcns.i18n import register_languages
from tcns.permissions.guards import register_guards
from tcns.web import register_web
from tcns.web.origins import register_origins
from tcns.web.request_log import register_request_log
from tcns.web.templates import register_templates
from tcns.web.uploads import register_uploads

PAGES = (
    tcns.home.views.blueprint,
    tcns.accounts.views.blueprint,
    tcns.areas.views.blueprint,
    tcns.teams.pages.blueprint,
    tcns.activities.views.blueprint,
    tcns.closings.blueprint.blueprint,
    tcns.indicators.views.blueprint,
    tcns.initiatives.views.blueprint,
    tcns.duplicates.views.blueprint,
    tcns.documents.blueprint.blueprint,
    tcns.coverage.views.blueprint,
    tcns.cockpit.views.blueprint,
    tcns.open_figures.views.blueprint,
    tcns.plans.views.blueprint,
    tcns.reports.blueprint.blueprint,
    tcns.checks.views.blueprint,
    tcns.silence.views.blueprint,
    tcns.results.views.blueprint,
    tcns.audit.views.blueprint,
    tcns.undo.views.blueprint,
    tcns.imports.views.blueprint,
    tcns.jobs.views.blueprint,
    tcns.notices.views.blueprint,
    tcns.digests.views.blueprint,
    tcns.search.views.blueprint,
    tcns.phone.views.blueprint,
    tcns.health.views.blueprint,
)
COMMANDS = (
    tcns.areas.commands.group,
    tcns.accounts.commands.group,
    tcns.indicators.commands.group,
    tcns.coverage.commands.group,
    tcns.demo.commands.group,
    tcns.backup.commands.group,
    tcns.files.commands.group,
    tcns.imports.commands.group,
    tcns.jobs.commands.group,
    tcns.phone.commands.group,
    tcns.reports.commands.group,
    tcns.digests.commands.group,
)

csrf = CSRFProtect()
compress = Compress()
bootstrap = Bootstrap5()
migrate = Migrate()


def create_app(settings: Settings | None = None, **overrides: Any) -> Flask:
    """Make the application; `overrides` are settings of Flask and its extensions, for tests."""
    settings = settings or settings_from()
    app = Flask("tcns", root_path=str(ROOT / "tcns"), template_folder=str(ROOT / "templates"))
    app.config.from_mapping(settings.for_flask() | {"TCNS": settings} | overrides)
    register_templates(app)
    register_request_log(app)
    register_database(app)
    register_background(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    register_languages(app)
    register_uploads(app)
    register_origins(app)
    register_sign_in(app)
    register_guards(app)
    register_web(app)
    for extension in (csrf, compress, bootstrap):
        extension.init_app(app)
    for blueprint in PAGES:
        app.register_blueprint(blueprint)
    for group in COMMANDS:
        app.cli.add_command(group)
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, settings.proxies, settings.proxies, settings.proxies, settings.proxies
        )
    return app
