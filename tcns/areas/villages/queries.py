"""Questions about villages: those of a commune, closed ones, and what can be undone."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tcns.areas.models import Area, AreaName, AreaPlacement
from tcns.areas.queries import Label, areas_in, labels
from tcns.areas.vocabulary import Level
from tcns.database import db
from tcns.permissions.scope import Scope
from tcns.undo.models import Reversible
from tcns.undo.vocabulary import OF_THE_PLACE

LATEST_CHANGES = 10


class Closed(NamedTuple):
    """A village that stands no more where it stood last: what it was called, its last day."""

    area: Area
    name: AreaName
    last_day: date


class Change(NamedTuple):
    """A change that can be undone, and the villages it is about."""

    done: Reversible
    labels: list[Label]


def villages_of(scope: Scope, commune: Area, day: date) -> list[tuple[Area, AreaName]]:
    """The villages of a commune on a day, in Vietnamese order."""
    found = db.session.execute(areas_in(scope, commune.id, Level.VILLAGE, day))
    return [(area, name) for area, name in found]


def closed_villages(scope: Scope, commune: Area, day: date) -> list[Closed]:
    """The villages that ended in a commune by a day, the latest first."""
    query = (
        select(Area, AreaName)
        .join(AreaName, (AreaName.area_id == Area.id) & (AreaName.valid_to == Area.valid_to))
        .join(AreaPlacement, AreaPlacement.area_id == Area.id)
        .where(AreaPlacement.parent_id == commune.id, AreaPlacement.valid_to == Area.valid_to)
        .where(Area.level == Level.VILLAGE, Area.valid_to <= day, scope.clause(Area))
        .order_by(Area.valid_to.desc(), AreaName.sort_key, AreaName.code)
    )
    return [
        Closed(area, name, area.last_day)
        for area, name in db.session.execute(query)
        if area.last_day
    ]


def open_changes(scope: Scope, area: Area, commune_ids: Iterable[int], day: date) -> list[Change]:
    """The latest changes of villages of some communes that were not undone.

    Of a village only the newest of its own: what came before it can be undone only after it.
    """
    query = (
        select(Reversible)
        .where(Reversible.kind.in_(OF_THE_PLACE), Reversible.reversed_at.is_(None))
        .where(Reversible.area_id.in_(set(commune_ids)), scope.clause(Reversible))
        .options(selectinload(Reversible.steps))
        .order_by(Reversible.id.desc())
    )
    found = db.session.scalars(query)
    if area.step is Level.VILLAGE:
        chosen = [done for done in found if area.id in _changed(done)][:1]
    else:
        chosen = list(found.fetchmany(LATEST_CHANGES))
    return _described(chosen, day)


def _changed(done: Reversible) -> list[int]:
    """The areas that a change was about, each once."""
    of_areas = (step.key[0] for step in done.steps if step.table_name == Area.__tablename__)
    return list(dict.fromkeys(of_areas))


def _described(changes: Sequence[Reversible], day: date) -> list[Change]:
    """Some changes with what their villages are called."""
    named = labels((area_id for done in changes for area_id in _changed(done)), day)
    return [
        Change(done, [named[area_id] for area_id in _changed(done) if area_id in named])
        for done in changes
    ]
