"""The main menu: where it leads, for whom, and which entry a page belongs to."""

from dataclasses import dataclass

from flask import Flask, request
from flask_babel.speaklater import LazyString

from tcns.i18n import lazy_gettext as _l
from tcns.permissions.guards import can_open


@dataclass(frozen=True)
class Entry:
    """A word of the menu and the view it opens; shown when that view's guard would let one in.

    `sections` are the first words of the addresses that stand under it. What `is_rare` is not used
    every day.
    """

    endpoint: str
    label: LazyString
    sections: tuple[str, ...]
    is_rare: bool = False

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
    Entry("checks.list_checks", _l("To do"), ("checks", "silence")),
    Entry("closings.list_months", _l("Periods"), ("periods",), is_rare=True),
    Entry("areas.show_tree", _l("Areas"), ("areas", "initiatives"), is_rare=True),
    Entry("indicators.list_indicators", _l("Indicators"), ("indicators",), is_rare=True),
    Entry("accounts.list_accounts", _l("Accounts"), ("accounts",), is_rare=True),
    Entry("imports.list_imports", _l("Imports"), ("imports",), is_rare=True),
    Entry("audit.list_events", _l("Audit trail"), ("audit",), is_rare=True),
)


@dataclass(frozen=True)
class Menu:
    """The entries of a row, and those that stand together behind its last word: the rare ones, or
    none where there is only one of them."""

    shown: list[Entry]
    more: list[Entry]

    @property
    def current(self) -> str | None:
        """What screen readers say of the last word where an entry behind it is the current one."""
        return "true" if any(entry.current for entry in self.more) else None


def menu() -> Menu:
    """The entries the signed-in user may open."""
    found = [entry for entry in ENTRIES if can_open(entry.endpoint)]
    rare = [entry for entry in found if entry.is_rare]
    if len(rare) == 1:
        return Menu(found, [])
    return Menu([entry for entry in found if not entry.is_rare], rare)


def register_menu(app: Flask) -> None:
    """Let layouts ask for the menu."""
    app.jinja_env.globals["menu"] = menu
