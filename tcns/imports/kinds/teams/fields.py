"""The file of teams: which areas get a team, by which decision, and what is corrected of teams."""

from collections.abc import Mapping
from typing import Any

from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l
from tcns.imports.kinds.teams.matching import TeamRegister
from tcns.imports.rows.area_fields import PLACE_FIELDS
from tcns.imports.rows.carried_down import COMMUNE
from tcns.imports.rows.cells import read_line, read_name
from tcns.imports.rows.day_cells import read_day
from tcns.imports.rows.fields import FileKind, ImportField, ShownColumn, day_in_words, text_of
from tcns.imports.rows.questions import Default, Option, option_to_refuse
from tcns.imports.vocabulary import ImportKind
from tcns.permissions.vocabulary import Permission

FIELDS = (
    ImportField(
        "team",
        _l("Team"),
        read_name,
        _l("The team's name. Empty for a new team: named after its area."),
        headings=("ten to", "to cnscd", "to cong nghe so cong dong", "to chuyen doi so cong dong"),
        width=44,
        may_say_nothing=False,
    ),
    *PLACE_FIELDS,
    ImportField(
        "since",
        _l("Established on"),
        read_day,
        _l("The team's first day. Empty for a new team: the day of the decision."),
        headings=("ngay thanh lap", "thanh lap ngay", "tu ngay", "first day"),
        width=16,
    ),
    ImportField(
        "number",
        _l("Decision no."),
        read_line,
        _l("The decision that establishes the team; needed for new teams."),
        headings=("so quyet dinh", "quyet dinh", "so qd", "quyet dinh thanh lap", "so"),
        width=18,
    ),
    ImportField(
        "issued_on",
        _l("Decision of"),
        read_day,
        _l("The day of the decision; needed for new teams."),
        headings=("ngay quyet dinh", "ngay qd", "ngay ban hanh", "ngay ky"),
        width=16,
    ),
    ImportField(
        "issuer",
        _l("Issuer"),
        read_line,
        _l("Who issued the decision; needed for new teams."),
        headings=("co quan ban hanh", "noi ban hanh", "don vi ban hanh"),
        width=24,
    ),
    ImportField(
        "summary",
        _l("Summary"),
        read_line,
        _l("What the decision is about."),
        headings=("trich yeu", "noi dung"),
        width=36,
    ),
    ImportField(
        "second_reason",
        _l("Why a second team"),
        read_line,
        _l("Needed only where the area has a team already."),
        headings=("ly do to thu hai", "ly do thanh lap to thu hai"),
        width=24,
    ),
    ImportField(
        "until",
        _l("Dissolved after"),
        read_day,
        _l("Of teams on file alone: a file dissolves no team."),
        headings=("ngay giai the", "giai the"),
        width=16,
    ),
)

DEFAULTS = (
    Default(
        "issuer",
        "no_issuer",
        lambda: _("The file has no column of issuers. Who issued these decisions?"),
        lambda: (
            Option(COMMUNE, _("The People's Committee (UBND) of each team's commune")),
            option_to_refuse(),
        ),
        values={COMMUNE: None},
        takes_text=True,
        likely=COMMUNE,
    ),
)


def decision_in_words(understood: Mapping[str, Any]) -> str:
    """Number, day and issuer of the decision."""
    number, issuer = text_of(understood, "decision"), text_of(understood, "issuer")
    return ", ".join(filter(None, (number, day_in_words(understood, "issued_on"), issuer)))


SHOWN = (
    ShownColumn(_l("Team"), ("team", "second_reason"), lambda said: text_of(said, "name")),
    ShownColumn(
        _l("Area"), ("code", "village", "commune", "district"), lambda said: text_of(said, "area")
    ),
    ShownColumn(_l("Decision"), ("number", "issued_on", "issuer", "summary"), decision_in_words),
    ShownColumn(
        _l("Established on"), ("since", "until"), lambda said: day_in_words(said, "valid_from")
    ),
)

TEAMS = FileKind(
    ImportKind.TEAMS, Permission.TEAM_WRITE, FIELDS, TeamRegister, defaults=DEFAULTS, shown=SHOWN
)
