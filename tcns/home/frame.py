"""What the frame of every page says: whose installation it is, and whether its figures are real."""

from flask import Flask, g
from flask_login import current_user

from tcns.areas.places import Step, Trail, trails
from tcns.areas.queries import deployment, map_day
from tcns.areas.vocabulary import Level
from tcns.i18n import join_words
from tcns.web.form_restore import typed_fields, way_back


def is_demonstration() -> bool:
    """Whether persons and sessions are invented, as every page then says; asked once a request."""
    if "is_demonstration" not in g:
        g.is_demonstration = deployment().is_demonstration
    return bool(g.is_demonstration)


def own_area_name() -> str:
    """The area the signed-in user belongs to, named as on the map day; empty for a visitor.

    A village is named with its commune.
    """
    if not current_user.is_authenticated:
        return ""
    if "own_area_name" not in g:
        home_id = current_user.home_area_id
        trail = trails([home_id], map_day()).get(home_id, {})
        g.own_area_name = join_words([step.label.full_name for step in _nearest(trail)])
    return str(g.own_area_name)


def _nearest(trail: Trail) -> list[Step]:
    """The lowest area of a trail, and above a village its commune."""
    levels = sorted(trail, key=lambda level: level.rank, reverse=True)
    count = 2 if Level.VILLAGE in trail else 1
    return [trail[level] for level in levels[:count]]


def register_frame(app: Flask) -> None:
    """Let the layouts ask."""
    app.jinja_env.globals.update(
        is_demonstration=is_demonstration,
        own_area_name=own_area_name,
        typed_fields=typed_fields,
        way_back=way_back,
    )
