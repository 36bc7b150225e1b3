"""The main menu: where it leads, for whom, and which entry a page belongs to."""

from dataclasses import dataclass

from flask import Flask, request
from flask_babel.speaklater import LazyString

from tcns.i18n import lazy_gettext as _l
from tcns.permissions.guards import can_open


@dataclass(frozen=True)
class Entry:
    """A word of the menu and the view it opens; shown when that view's guard would let one in.

    `further` are the other views that stand under it.
    """

    endpoint: str
    label: LazyString
    further: tuple[str, ...] = ()

    @property
    def current(self) -> str | None:
        """What screen readers say of the entry: `page` when it is shown, `true` when one under it
        is."""
        if request.endpoint == self.endpoint:
            return "page"
        return "true" if request.endpoint in self.further else None


SESSION_PAGES = (
    "activities.show_activity",
    "activities.log_activity",
    "activities.edit_activity",
    "activities.return_activity",
    "audit.show_activity_history",
)
IMPORT_PAGES = (
    "imports.upload_file",
    "imports.match_columns",
    "imports.show_import",
    "imports.mend_rows",
    "imports.apply_import",
    "imports.undo_import",
    "imports.delete_file",
)
ENTRIES = (
    Entry("home.show_home", _l("Home")),
    Entry("coverage.show_coverage", _l("Coverage")),
    Entry(
        "teams.list_teams",
        _l("Teams"),
        (
            "teams.show_team",
            "teams.show_decision",
            "teams.establish_teams",
            "teams.add_member",
            "teams.correct_team",
            "teams.dissolve_team",
        ),
    ),
    Entry("teams.list_persons", _l("Persons"), ("teams.show_person", "teams.list_memberships")),
    Entry("activities.list_activities", _l("Sessions"), SESSION_PAGES),
    Entry("areas.show_tree", _l("Areas"), ("areas.show_area", "areas.list_areas")),
    Entry(
        "accounts.list_accounts", _l("Accounts"), ("accounts.show_account", "accounts.add_account")
    ),
    Entry("imports.list_imports", _l("Imports"), IMPORT_PAGES),
    Entry("audit.list_events", _l("Audit trail"), ("audit.show_event",)),
)


def menu() -> list[Entry]:
    """The entries the signed-in user may open."""
    return [entry for entry in ENTRIES if can_open(entry.endpoint)]


def register_menu(app: Flask) -> None:
    """Let layouts ask for the menu."""
    app.jinja_env.globals["menu"] = menu
