"""The columns of the file of sessions."""

from tcns.activities.vocabulary import ActivityForm, ActivityKind, Status, Topic
from tcns.i18n import join_words
from tcns.i18n import lazy_gettext as _l
from tcns.spreadsheets.writing import CellKind, Column, words_of
from tcns.teams.spreadsheet import area_columns


def activity_columns(*, has_districts: bool) -> list[Column]:
    """The columns of the file of sessions."""
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
        Column(_l("Status"), 14, CellKind.TEXT, lambda row: statuses[row.session.status]),
    ]
