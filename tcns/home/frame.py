"""What the frame of every page says: whose installation it is, and whether its figures are real."""

from datetime import date
from typing import NamedTuple

from flask import Flask
from flask_login import current_user

from tcns.areas.agencies.queries import agency_in, helpers_of
from tcns.areas.agencies.rules import AgencyText
from tcns.areas.places import Step, Trail, trails
from tcns.areas.queries import deployment, map_day
from tcns.areas.vocabulary import Level
from tcns.database.kept import kept
from tcns.i18n import format_phone, join_words
from tcns.web.form_restore import typed_fields, way_back


def is_demonstration() -> bool:
    """Whether persons and sessions are invented, as every page then says."""
    return deployment().is_demonstration


def own_area_name() -> str:
    """The area the signed-in user belongs to, named as on the map day; empty for a visitor.

    A village is named with its commune.
    """
    if not current_user.is_authenticated:
        return ""
    return _name_of(current_user.home_area_id, map_day())


@kept("areas")
def _name_of(area_id: int, day: date) -> str:
    trail = trails([area_id], day).get(area_id, {})
    return join_words([step.label.full_name for step in _nearest(trail)])


def _nearest(trail: Trail) -> list[Step]:
    """The lowest area of a trail, and above a village its commune."""
    levels = sorted(trail, key=lambda level: level.rank, reverse=True)
    count = 2 if Level.VILLAGE in trail else 1
    return [trail[level] for level in levels[:count]]


def own_agency() -> AgencyText | None:
    """The agency whose pages the signed-in user prints: of their commune, else the province."""
    if not current_user.is_authenticated:
        return None
    return _agency_of(current_user.home_area_id, map_day())


@kept("areas")
def _agency_of(area_id: int, day: date) -> AgencyText | None:
    trail = trails([area_id], day).get(area_id, {})
    ids = [trail[level].id for level in (Level.COMMUNE, Level.PROVINCE) if level in trail]
    return agency_in(ids[0], day) if ids else None


class Helper(NamedTuple):
    """Who helps when something does not work: as the own commune says, else the province."""

    name: str
    number: str


def who_helps() -> Helper | None:
    """Who helps the signed-in user, where their commune or the province has said it."""
    if not current_user.is_authenticated:
        return None
    return _helper_of(current_user.home_area_id, map_day())


@kept("areas")
def _helper_of(area_id: int, day: date) -> Helper | None:
    trail = trails([area_id], day).get(area_id, {})
    ids = [trail[level].id for level in (Level.COMMUNE, Level.PROVINCE) if level in trail]
    told = helpers_of(ids)
    name, phone = next((told[one] for one in ids if one in told), ("", None))
    return Helper(name, format_phone(phone)) if name else None


def register_frame(app: Flask) -> None:
    """Let the layouts ask."""
    app.jinja_env.globals.update(
        is_demonstration=is_demonstration,
        own_area_name=own_area_name,
        own_agency=own_agency,
        typed_fields=typed_fields,
        way_back=way_back,
        who_helps=who_helps,
    )
