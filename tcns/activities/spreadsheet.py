"""The columns of the file of sessions."""

from collections.abc import Iterable

from tcns.activities.vocabulary import ActivityForm, ActivityKind, Status, Topic
from tcns.i18n import join_words
from tcns.i18n import lazy_gettext as _l
from tcns.indicators.names import IndicatorName
from tcns.spreadsheets.writing import CellKind, Column, words_of
from tcns.teams.spreadsheet import area_columns


def activity_columns(
    indicators: Iterable[IndicatorName], *, has_districts: bool, with_names: bool
) -> list[Column]:
    """The columns of the file of sessions, one for each indicator in its unit.

    Who helped stands there by name only where that is wanted: these are personal data.
    """
    kinds, forms = words_of(ActivityKind), words_of(ActivityForm)
    topics, statuses = words_of(Topic), words_of(Status)
    return [
        Column(_l("Held on"), 12, CellKind.DAY, lambda row: row.session.held_on),
        Column(_l("Kind of session"), 22, CellKind.TEXT, lambda row: kinds[row.session.kind]),
        Column(
            _l("Topics"), 30, CellKind.TEXT, lambda row: join_words([topics[t] for t in row.topics])
        ),
        Column(_l("Team"), 40, CellKind.TEXT, lambda row: row.session.team),
        *area_columns(lambda row: row.trail, has_districts=has_districts),
        Column(_l("Venue"), 24, CellKind.TEXT, lambda row: row.session.venue),
        Column(_l("Form"), 16, CellKind.TEXT, lambda row: forms[row.session.form]),
        Column(_l("Hours"), 8, CellKind.DECIMAL, lambda row: row.session.hours),
        *_helpers(with_names=with_names),
        Column(_l("Participants"), 10, CellKind.NUMBER, lambda row: row.session.participant_count),
        Column(_l("of them women"), 10, CellKind.NUMBER, lambda row: row.session.women_count),
        Column(
            _l("of them ethnic minorities"),
            10,
            CellKind.NUMBER,
            lambda row: row.session.minority_count,
        ),
        Column(_l("of them elderly"), 10, CellKind.NUMBER, lambda row: row.session.elderly_count),
        Column(_l("Households"), 10, CellKind.NUMBER, lambda row: row.session.household_count),
        Column(
            _l("of them new this year"),
            10,
            CellKind.NUMBER,
            lambda row: row.session.new_household_count,
        ),
        *_notes(with_names=with_names),
        Column(_l("Status"), 14, CellKind.TEXT, lambda row: statuses[row.session.status]),
        *map(_of_indicator, indicators),
    ]


def _helpers(*, with_names: bool) -> list[Column]:
    """How many members helped, and who."""
    count = Column(
        _l("Number of helpers"), 10, CellKind.NUMBER, lambda row: len(row.helpers) or None
    )
    names = Column(
        _l("Members who helped"),
        36,
        CellKind.TEXT,
        lambda row: join_words(row.helpers),
        is_personal=True,
    )
    return [count, names] if with_names else [count]


def _notes(*, with_names: bool) -> list[Column]:
    """What was noted, where names are told as well: a note may name somebody."""
    return [Column(_l("Note"), 30, CellKind.TEXT, lambda row: row.session.note)] * with_names


def _of_indicator(indicator: IndicatorName) -> Column:
    """What sessions counted of an indicator; empty where nobody recorded it."""
    title = f"{indicator.name} ({indicator.unit})"
    return Column(title, 16, CellKind.NUMBER, lambda row: row.amounts.get(indicator.code))
