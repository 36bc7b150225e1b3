"""The main menu: where it leads, for whom, and which entry a page belongs to."""

from dataclasses import dataclass

from flask import Flask, request
from flask_babel.speaklater import LazyString

from tcns.i18n import lazy_gettext as _l
from tcns.permissions.guards import can_open


@dataclass(frozen=True)
class Entry:
    """A word of the menu and the view it opens; shown when that view's guard would let one in."""

    endpoint: str
    label: LazyString

    @property
    def is_current(self) -> bool:
        """Whether the page being shown belongs to this entry: same domain, same list."""
        return request.endpoint == self.endpoint


ENTRIES = (
    Entry("home.show_home", _l("Home")),
    Entry("coverage.show_coverage", _l("Coverage")),
    Entry("teams.list_teams", _l("Teams")),
    Entry("teams.list_persons", _l("Persons")),
    Entry("activities.list_activities", _l("Sessions")),
    Entry("areas.show_tree", _l("Areas")),
    Entry("accounts.list_accounts", _l("Accounts")),
    Entry("audit.list_events", _l("Audit trail")),
)


def menu() -> list[Entry]:
    """The entries the signed-in user may open."""
    return [entry for entry in ENTRIES if can_open(entry.endpoint)]


def register_menu(app: Flask) -> None:
    """Let layouts ask for the menu."""
    app.jinja_env.globals["menu"] = menu
