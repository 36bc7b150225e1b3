"""The columns of the files of persons and memberships."""

from collections.abc import Callable
from typing import Any

from tcns.areas.vocabulary import Level
from tcns.i18n import join_words
from tcns.i18n import lazy_gettext as _l
from tcns.spreadsheets.writing import CellKind, Column, Text, words_of
from tcns.teams.members.queries import PersonRow, PlacedMembership
from tcns.teams.spreadsheet import _name, area_columns
from tcns.teams.vocabulary import Body, MemberRole, Sex

# Writes the phone of the person with an id as the visitor may see it.
PhoneWriter = Callable[[int, str | None], str]


def membership_columns(phone: PhoneWriter, *, has_districts: bool) -> list[Column]:
    """The columns of the file of memberships."""
    roles, bodies = words_of(MemberRole), words_of(Body)
    return [
        *_who(lambda line: line, lambda line: phone(line.person_id, line.phone)),
        Column(_l("Role"), 14, CellKind.TEXT, lambda line: roles[line.role]),
        Column(_l("Body represented"), 24, CellKind.TEXT, lambda line: bodies.get(line.body or "")),
        Column(_l("Team"), 44, CellKind.TEXT, lambda line: line.team),
        *area_columns(lambda line: line.trail, has_districts=has_districts),
        Column(_l("Since"), 13, CellKind.DAY, lambda line: line.since),
        Column(_l("Until"), 13, CellKind.DAY, lambda line: line.last_day),
    ]


def person_columns(phone: PhoneWriter) -> list[Column]:
    """The columns of the file of persons; who is in two teams has both in one cell."""
    roles, bodies = words_of(MemberRole), words_of(Body)
    return [
        *_who(lambda row: row.person, lambda row: phone(row.person.id, row.person.phone)),
        Column(
            _l("Role"), 18, CellKind.TEXT, _joined(lambda placed: roles[placed.membership.role])
        ),
        Column(
            _l("Body represented"),
            26,
            CellKind.TEXT,
            _joined(lambda placed: bodies.get(placed.membership.body or "", "")),
        ),
        Column(_l("Team"), 50, CellKind.TEXT, _joined(lambda placed: placed.membership.team.name)),
        Column(
            _l("Commune"),
            26,
            CellKind.TEXT,
            _joined(lambda placed: _name(placed.trail, Level.COMMUNE)),
        ),
    ]


def _who(person_of: Callable[[Any], Any], phone_of: Callable[[Any], str]) -> list[Column]:
    """The columns that say who somebody is."""

    sexes = words_of(Sex)

    def personal(title: Text, width: float, value: Callable[[Any], Any]) -> Column:
        return Column(title, width, CellKind.TEXT, value, is_personal=True)

    return [
        personal(_l("Full name"), 26, lambda row: person_of(row).full_name),
        personal(_l("Phone"), 14, phone_of),
        personal(_l("Year of birth"), 10, lambda row: person_of(row).birth_year),
        personal(_l("Sex"), 8, lambda row: sexes.get(person_of(row).sex or "")),
    ]


def _joined(of: Callable[[PlacedMembership], Any]) -> Callable[[PersonRow], str]:
    """What a person's parts say, each once."""
    return lambda row: join_words(
        list(dict.fromkeys(str(of(placed)) for placed in row.memberships))
    )
