"""What the frame of every page says: whose installation it is, and whether its figures are real."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from flask import Flask
from flask_login import current_user

from tcns.areas.agencies.queries import trail_with_agencies
from tcns.areas.agencies.rules import AgencyText
from tcns.areas.places import Step, Trail
from tcns.areas.queries import deployment, map_day
from tcns.areas.vocabulary import Level
from tcns.database.kept import kept
from tcns.i18n import format_phone, join_words
from tcns.web.form_restore import typed_fields, way_back


class Helper(NamedTuple):
    """Who helps when something does not work: as the own commune says, else the province."""

    name: str
    number: str


class Own(NamedTuple):
    """What the frame says of the area a user belongs to."""

    name: str
    agency: AgencyText | None
    helper: Helper | None


def is_demonstration() -> bool:
    """Whether persons and sessions are invented, as every page then says."""
    return deployment().is_demonstration


def own_area_name() -> str:
    """The area the signed-in user belongs to, named as on the map day; empty for a visitor.

    A village is named with its commune.
    """
    if not current_user.is_authenticated:
        return ""
    return _own(current_user.home_area_id, map_day()).name


def own_agency() -> AgencyText | None:
    """The agency whose pages the signed-in user prints: of their commune, else the province."""
    if not current_user.is_authenticated:
        return None
    return _own(current_user.home_area_id, map_day()).agency


def who_helps() -> Helper | None:
    """Who helps the signed-in user, where their commune or the province has said it."""
    if not current_user.is_authenticated:
        return None
    return _own(current_user.home_area_id, map_day()).helper


@kept("areas")
def _own(area_id: int, day: date) -> Own:
    """What the frame says of an area on a day: its agencies are those of the commune and of the
    province, the nearer first."""
    trail, agencies = trail_with_agencies(area_id, day)
    name = join_words([step.label.full_name for step in _nearest(trail)])
    return Own(name, agencies[0] if agencies else None, _helper(agencies))


def _nearest(trail: Trail) -> list[Step]:
    """The lowest area of a trail, and above a village its commune."""
    levels = sorted(trail, key=lambda level: level.rank, reverse=True)
    count = 2 if Level.VILLAGE in trail else 1
    return [trail[level] for level in levels[:count]]


def _helper(agencies: Iterable[AgencyText]) -> Helper | None:
    """The first who is said to help."""
    helpers = (
        Helper(one.helper_name, format_phone(one.helper_phone))
        for one in agencies
        if one.helper_name
    )
    return next(helpers, None)


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
