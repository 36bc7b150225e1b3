"""What the file of memberships reads: no more than its columns, for a list may be a nation's."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select

from tcns.areas.places import Trail, trails
from tcns.permissions.scope import Scope
from tcns.teams.members.queries import MemberFilter, memberships_in
from tcns.teams.models import Membership, Person, Team


class MembershipLine(NamedTuple):
    """A membership as the file shows it; `last_day` is inclusive."""

    person_id: int
    full_name: str
    phone: str | None
    birth_year: int | None
    sex: str | None
    role: str
    body: str | None
    team: str
    trail: Trail
    since: date
    last_day: date | None


def membership_lines(scope: Scope, wanted: MemberFilter) -> Select[Any]:
    """The memberships that a list shows, in its order, as plain columns."""
    return memberships_in(scope, wanted).with_only_columns(
        Person.id.label("person_id"),
        Person.full_name,
        Person.phone,
        Person.birth_year,
        Person.sex,
        Membership.role,
        Membership.body,
        Team.name,
        Team.area_id,
        Membership.valid_from,
        Membership.valid_to,
    )


def with_areas(rows: Sequence[Any], map_on: date) -> list[MembershipLine]:
    """Some of these rows with the areas of their teams."""
    placed = trails((row.area_id for row in rows), map_on)
    return [
        MembershipLine(
            row.person_id,
            row.full_name,
            row.phone,
            row.birth_year,
            row.sex,
            row.role,
            row.body,
            row.name,
            placed.get(row.area_id, {}),
            row.valid_from,
            row.valid_to and row.valid_to - timedelta(days=1),
        )
        for row in rows
    ]
