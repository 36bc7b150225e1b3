"""The columns of the files of teams, persons and memberships."""

from collections.abc import Callable
from typing import Any

from tcns.areas.places import Trail
from tcns.areas.vocabulary import Level
from tcns.i18n import format_phone, join_words
from tcns.i18n import lazy_gettext as _l
from tcns.spreadsheets.writing import Column, Kind, words_of
from tcns.teams.member_queries import Part, PersonRow
from tcns.teams.vocabulary import Body, MemberRole, Purpose

LOWEST_FIRST = tuple(reversed(Level))


def area_columns(trail_of: Callable[[Any], Trail], *, has_districts: bool) -> list[Column]:
    """The code of the team's area, then the village, the commune and, where there is one, the
    district it stands in."""

    def named(level: Level) -> Callable[[Any], str]:
        return lambda row: _name(trail_of(row), level)

    columns = [
        Column(_l("Area code"), 12, Kind.TEXT, lambda row: _code(trail_of(row))),
        Column(_l("Village"), 22, Kind.TEXT, named(Level.VILLAGE)),
        Column(_l("Commune"), 22, Kind.TEXT, named(Level.COMMUNE)),
    ]
    district = Column(_l("District"), 20, Kind.TEXT, named(Level.DISTRICT))
    return [*columns, district] if has_districts else columns


def _name(trail: Trail, level: Level) -> str:
    """The name of one step of a trail."""
    return trail[level].label.full_name if level in trail else ""


def _code(trail: Trail) -> str:
    """The code of the lowest step of a trail."""
    return next((trail[level].label.code for level in LOWEST_FIRST if level in trail), "")


def team_columns(*, has_districts: bool) -> list[Column]:
    """The columns of the file of teams."""
    return [
        Column(_l("Team"), 44, Kind.TEXT, lambda row: row.team.name),
        *area_columns(lambda row: row.trail, has_districts=has_districts),
        Column(_l("Leader"), 24, Kind.TEXT, lambda row: row.leader and row.leader.full_name),
        Column(_l("Leader's phone"), 14, Kind.TEXT, lambda row: _phone(row.leader)),
        Column(_l("Members"), 10, Kind.NUMBER, lambda row: row.member_count),
        Column(_l("Established on"), 13, Kind.DAY, lambda row: row.team.valid_from),
        Column(_l("Dissolved after"), 13, Kind.DAY, lambda row: row.team.last_day),
        Column(_l("Last session"), 13, Kind.DAY, lambda row: row.last_session_on),
    ]


def decision_columns(*, has_districts: bool) -> list[Column]:
    """The columns of the file of decisions."""
    purposes = words_of(Purpose)
    return [
        Column(_l("Number (số)"), 18, Kind.TEXT, lambda row: row.decision.number),
        Column(_l("Issued on"), 13, Kind.DAY, lambda row: row.decision.issued_on),
        Column(_l("Issuer"), 30, Kind.TEXT, lambda row: row.decision.issuer),
        Column(_l("Summary"), 50, Kind.TEXT, lambda row: row.decision.summary),
        Column(
            _l("Purpose"),
            20,
            Kind.TEXT,
            lambda row: join_words([purposes[p] for p in row.purposes]),
        ),
        Column(_l("Teams"), 10, Kind.NUMBER, lambda row: row.team_count),
        *area_columns(lambda row: row.trail, has_districts=has_districts),
    ]


def membership_columns(*, has_districts: bool) -> list[Column]:
    """The columns of the file of memberships."""
    roles, bodies = words_of(MemberRole), words_of(Body)
    return [
        Column(_l("Full name"), 26, Kind.TEXT, lambda line: line.full_name),
        Column(_l("Phone"), 14, Kind.TEXT, lambda line: format_phone(line.phone)),
        Column(_l("Year of birth"), 10, Kind.TEXT, lambda line: line.birth_year),
        Column(_l("Role"), 14, Kind.TEXT, lambda line: roles[line.role]),
        Column(_l("Body represented"), 24, Kind.TEXT, lambda line: bodies.get(line.body or "")),
        Column(_l("Team"), 44, Kind.TEXT, lambda line: line.team),
        *area_columns(lambda line: line.trail, has_districts=has_districts),
        Column(_l("Since"), 13, Kind.DAY, lambda line: line.since),
        Column(_l("Until"), 13, Kind.DAY, lambda line: line.last_day),
    ]


def person_columns() -> list[Column]:
    """The columns of the file of persons; who is in two teams has both in one cell."""
    roles, bodies = words_of(MemberRole), words_of(Body)
    return [
        Column(_l("Full name"), 26, Kind.TEXT, lambda row: row.person.full_name),
        Column(_l("Phone"), 14, Kind.TEXT, lambda row: _phone(row.person)),
        Column(_l("Year of birth"), 10, Kind.TEXT, lambda row: row.person.birth_year),
        Column(_l("Role"), 18, Kind.TEXT, _joined(lambda part: roles[part.membership.role])),
        Column(
            _l("Body represented"),
            26,
            Kind.TEXT,
            _joined(lambda part: bodies.get(part.membership.body or "", "")),
        ),
        Column(_l("Team"), 50, Kind.TEXT, _joined(lambda part: part.membership.team.name)),
        Column(
            _l("Commune"), 26, Kind.TEXT, _joined(lambda part: _name(part.trail, Level.COMMUNE))
        ),
    ]


def _phone(person: Any) -> str:
    """A person's phone as it is dialled."""
    return format_phone(person.phone) if person else ""


def _joined(of: Callable[[Part], Any]) -> Callable[[PersonRow], str]:
    """What a person's parts say, each once."""
    return lambda row: join_words(list(dict.fromkeys(str(of(part)) for part in row.parts)))
