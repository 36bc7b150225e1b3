"""The main menu: where it leads, for whom, and which entry a page belongs to."""

from dataclasses import dataclass

from flask import Flask, request
from flask_babel.speaklater import LazyString

from tcns.i18n import lazy_gettext as _l
from tcns.permissions.guards import can_open


@dataclass(frozen=True)
class Entry:
    """A word of the menu and the view it opens; shown when that view's guard would let one in.

    `sections` are the first words of the addresses that stand under it.
    """

    endpoint: str
    label: LazyString
    sections: tuple[str, ...]

    @property
    def current(self) -> str | None:
        """What screen readers say of the entry: `page` when it is shown, `true` when one under it
        is."""
        if request.endpoint == self.endpoint:
            return "page"
        return "true" if request.path.split("/")[1] in self.sections else None


ENTRIES = (
    Entry("home.show_home", _l("Home"), ()),
    Entry("cockpit.show_cockpit", _l("Overview"), ("cockpit",)),
    Entry("coverage.show_coverage", _l("Coverage"), ("coverage", "plans", "targets")),
    Entry("teams.list_teams", _l("Digital-technology teams"), ("teams", "decisions")),
    Entry("teams.list_persons", _l("Persons"), ("persons", "memberships", "duplicates", "courses")),
    Entry("activities.list_activities", _l("Sessions"), ("activities",)),
    Entry("reports.show_reports", _l("Reports"), ("reports",)),
    Entry("closings.list_months", _l("Periods"), ("periods",)),
    Entry("checks.list_checks", _l("To do"), ("checks", "silence")),
    Entry("areas.show_tree", _l("Areas"), ("areas", "initiatives")),
    Entry("indicators.list_indicators", _l("Indicators"), ("indicators",)),
    Entry("accounts.list_accounts", _l("Accounts"), ("accounts",)),
    Entry("imports.list_imports", _l("Imports"), ("imports",)),
    Entry("audit.list_events", _l("Audit trail"), ("audit",)),
)


def menu() -> list[Entry]:
    """The entries the signed-in user may open."""
    return [entry for entry in ENTRIES if can_open(entry.endpoint)]


def register_menu(app: Flask) -> None:
    """Let layouts ask for the menu."""
    app.jinja_env.globals["menu"] = menu
