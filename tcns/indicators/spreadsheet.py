"""The columns of the file of indicators."""

from collections.abc import Mapping

from tcns.i18n import lazy_gettext as _l
from tcns.indicators.vocabulary import Direction, Stage
from tcns.spreadsheets.writing import CellKind, Column, words_of


def indicator_columns(topics: Mapping[str, str]) -> list[Column]:
    """What each indicator counts, and since when; `topics` are the words of the topics."""
    stages, directions = words_of(Stage), words_of(Direction)
    return [
        Column(_l("Code"), 28, CellKind.TEXT, lambda one: one.code),
        Column(_l("Topic"), 26, CellKind.TEXT, lambda one: topics.get(one.topic, one.topic)),
        Column(_l("Name in Vietnamese"), 50, CellKind.TEXT, lambda one: one.name_vi),
        Column(_l("Name in English"), 50, CellKind.TEXT, lambda one: one.name_en),
        Column(_l("Unit"), 14, CellKind.TEXT, lambda one: one.unit_vi),
        Column(_l("Guided or done"), 14, CellKind.TEXT, lambda one: stages[one.stage]),
        Column(_l("Direction"), 16, CellKind.TEXT, lambda one: directions[one.direction]),
        Column(_l("First day"), 13, CellKind.DAY, lambda one: one.valid_from),
        Column(_l("Last day"), 13, CellKind.DAY, lambda one: one.last_day),
    ]
