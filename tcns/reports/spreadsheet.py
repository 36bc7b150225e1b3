"""The columns of the file of a report's figures."""

from tcns.i18n import lazy_gettext as _l
from tcns.reports.vocabulary import Heading
from tcns.spreadsheets.writing import CellKind, Column

TEXT, NUMBER = CellKind.TEXT, CellKind.NUMBER
FIGURE_COLUMNS = [
    Column(_l("Part"), 24, TEXT, lambda one: str(Heading(one.heading).label)),
    Column(_l("Figure"), 36, TEXT, lambda one: one.label),
    Column(_l("Unit"), 12, TEXT, lambda one: one.unit),
    Column(_l("This period"), 12, NUMBER, lambda one: one.value),
    Column(_l("Period before"), 12, NUMBER, lambda one: one.before),
    Column(_l("Change"), 10, NUMBER, lambda one: one.change),
    Column(_l("Since the year began"), 12, NUMBER, lambda one: one.year),
    Column(_l("Rule"), 60, TEXT, lambda one: one.rule),
]
