"""The columns of the files of teams, persons and memberships."""

from collections.abc import Callable
from typing import Any

from tcns.areas.places import Trail
from tcns.areas.vocabulary import Level
from tcns.i18n import lazy_gettext as _l
from tcns.spreadsheets.writing import CellKind, Column

LOWEST_FIRST = tuple(reversed(Level))


def area_columns(trail_of: Callable[[Any], Trail], *, has_districts: bool) -> list[Column]:
    """The code of the team's area, then the village, the commune and, where there is one, the
    district it stands in."""

    def named(level: Level) -> Callable[[Any], str]:
        return lambda row: _name(trail_of(row), level)

    columns = [
        Column(_l("Area code"), 12, CellKind.TEXT, lambda row: _code(trail_of(row))),
        Column(_l("Village"), 22, CellKind.TEXT, named(Level.VILLAGE)),
        Column(_l("Commune"), 22, CellKind.TEXT, named(Level.COMMUNE)),
    ]
    district = Column(_l("District"), 20, CellKind.TEXT, named(Level.DISTRICT))
    return [*columns, district] if has_districts else columns


def _name(trail: Trail, level: Level) -> str:
    """The name of one step of a trail."""
    return trail[level].label.full_name if level in trail else ""


def _code(trail: Trail) -> str:
    """The code of the lowest step of a trail."""
    return next((trail[level].label.code for level in LOWEST_FIRST if level in trail), "")


def team_columns(phone: Callable[[Any], str], *, has_districts: bool) -> list[Column]:
    """The columns of the file of teams; `phone` writes that of a row's leader.

    Who leads a team is public, by which number not.
    """
    return [
        Column(_l("Team"), 44, CellKind.TEXT, lambda row: row.team.name),
        *area_columns(lambda row: row.trail, has_districts=has_districts),
        Column(_l("Leader"), 24, CellKind.TEXT, lambda row: row.leader and row.leader.full_name),
        Column(_l("Leader's phone"), 14, CellKind.TEXT, phone, is_personal=True),
        Column(_l("Members"), 10, CellKind.NUMBER, lambda row: row.member_count),
        Column(_l("Established on"), 13, CellKind.DAY, lambda row: row.team.valid_from),
        Column(_l("Dissolved after"), 13, CellKind.DAY, lambda row: row.team.last_day),
        Column(_l("Last session"), 13, CellKind.DAY, lambda row: row.last_session_on),
    ]
