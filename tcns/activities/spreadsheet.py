"""The columns of the file of sessions."""

from tcns.activities.vocabulary import ActivityForm, ActivityKind, Status, Topic
from tcns.i18n import join_words
from tcns.i18n import lazy_gettext as _l
from tcns.spreadsheets.writing import Column, Kind, words_of
from tcns.teams.spreadsheet import area_columns


def activity_columns(*, has_districts: bool) -> list[Column]:
    """The columns of the file of sessions."""
    kinds, forms = words_of(ActivityKind), words_of(ActivityForm)
    topics, statuses = words_of(Topic), words_of(Status)
    return [
        Column(_l("Held on"), 12, Kind.DAY, lambda row: row.session.held_on),
        Column(_l("Kind"), 22, Kind.TEXT, lambda row: kinds[row.session.kind]),
        Column(
            _l("Topics"), 30, Kind.TEXT, lambda row: join_words([topics[t] for t in row.topics])
        ),
        Column(_l("Team"), 40, Kind.TEXT, lambda row: row.session.team),
        *area_columns(lambda row: row.trail, has_districts=has_districts),
        Column(_l("Venue"), 24, Kind.TEXT, lambda row: row.session.venue),
        Column(_l("Form"), 16, Kind.TEXT, lambda row: forms[row.session.form]),
        Column(_l("Hours"), 8, Kind.DECIMAL, lambda row: row.session.hours),
        Column(_l("Participants"), 10, Kind.NUMBER, lambda row: row.session.participant_count),
        Column(_l("of them women"), 10, Kind.NUMBER, lambda row: row.session.women_count),
        Column(
            _l("of them ethnic minorities"),
            10,
            Kind.NUMBER,
            lambda row: row.session.minority_count,
        ),
        Column(_l("of them elderly"), 10, Kind.NUMBER, lambda row: row.session.elderly_count),
        Column(_l("Households"), 10, Kind.NUMBER, lambda row: row.session.household_count),
        Column(
            _l("of them new this year"),
            10,
            Kind.NUMBER,
            lambda row: row.session.new_household_count,
        ),
        Column(_l("Status"), 14, Kind.TEXT, lambda row: statuses[row.session.status]),
    ]
