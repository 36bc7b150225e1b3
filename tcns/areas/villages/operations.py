"""What becomes of villages: added on their own, renamed, merged, closed; their households.

A mistake in one of these can be undone as a whole.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from tcns.areas.models import (
    Area,
    AreaHouseholds,
    AreaName,
    AreaPlacement,
    AreaStatistic,
    AreaSuccession,
)
from tcns.areas.tree_operations import rebuild_around
from tcns.areas.villages.add_operations import (
    add_village,
    name_values,
    next_code,
    placement_values,
    village_values,
)
from tcns.areas.villages.dated_rows import RowWritten
from tcns.areas.villages.household_rows import count_written, household_values
from tcns.areas.villages.rules import (
    ONE_DAY,
    Closure,
    Merger,
    VillageText,
    closure_violations,
    day_violations,
    households_on,
    jump_violations,
    later_places,
    merger_violations,
    name_violations,
    rename_violations,
)
from tcns.areas.vocabulary import Extent
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.database.locking import lock
from tcns.errors import expect_version, raise_violations
from tcns.i18n import join_words
from tcns.undo.operations import undoable
from tcns.undo.vocabulary import ReversibleKind

# What is on record of a village for a time, and ends with it.
DATED = (AreaName, AreaPlacement, AreaHouseholds, AreaStatistic)


def lock_villages(commune: Area, villages: Iterable[Area]) -> None:
    """Lock a commune, then villages of it by id, and read them again as others left them.

    The commune comes first, whoever asks: two never wait for each other.
    """
    for area in (commune, *sorted(set(villages), key=lambda village: village.id)):
        lock(area)
        db.session.expire(area, ["names"])


def enter_village(
    commune: Area, text: VillageText, household_count: int | None, *, by: Any
) -> Area:
    """Add a village on its own, with its households where they are known."""
    with undoable(ReversibleKind.VILLAGE_ADDED, by=by, area_id=commune.id):
        village = add_village(commune, text, by=by)
        if household_count is not None:
            _enter_households(village, household_count, text.first_day)
    return village


def rename_village(
    commune: Area, village: Area, text: VillageText, *, by: Any, version: int | None = None
) -> AreaName:
    """Call a village otherwise from a day on, until a later name that is on record already.

    Answers the name it bears from that day on.
    """
    lock_villages(commune, [village])
    expect_version(village, version)
    raise_violations(list(rename_violations(commune, village, text)))
    before = next(name for name in village.names if name.is_valid_on(text.first_day))
    with undoable(ReversibleKind.VILLAGE_RENAMED, by=by, area_id=commune.id):
        _rise(village)
        name = AreaName(**name_values(village.id, text, before.code, before.valid_to))
        before.valid_to = text.first_day
        village.names.append(name)
    changes = {
        "name": (before.name, text.name),
        "kind": (before.kind, text.kind.value),
        "valid_from": (None, text.first_day),
    }
    record(Event.VILLAGE_RENAMED, by=by, on=village, area_id=commune.id, changes=changes)
    return name


def correct_village_name(
    commune: Area, name: AreaName, text: VillageText, *, by: Any, version: int | None = None
) -> None:
    """Correct a name that a village had for a time; the days stay."""
    village = name.area
    lock_villages(commune, [village])
    lock(name, version)
    raise_violations(list(name_violations(commune, text, besides=[village.id])))
    changes = {"name": (name.name, text.name), "kind": (name.kind, text.kind.value)}
    name.name, name.kind = text.name, text.kind
    _rise(village)
    record(Event.VILLAGE_NAME_CORRECTED, by=by, on=village, area_id=commune.id, changes=changes)


def merge_villages(commune: Area, merger: Merger, *, by: Any) -> Area:
    """Make several villages of a commune one new village from a day on.

    The old ones end the day before and go wholly into the new one; their teams stay where they
    are. Where one absorbs the others by law, too, the land changes, and with it the area.
    """
    lock_villages(commune, merger.villages)
    raise_violations(list(merger_violations(commune, merger)))
    day, text = merger.text.first_day, merger.text
    called = join_words([_name_before(village, day) for village in merger.villages])
    with undoable(ReversibleKind.VILLAGES_MERGED, by=by, area_id=commune.id):
        merged = _merge(commune, merger, by=by)
    changes = {
        "name": (None, text.name),
        "kind": (None, text.kind.value),
        "valid_from": (None, day),
        "decree": (None, merger.decree),
        "villages": (called, None),
    }
    record(Event.VILLAGES_MERGED, by=by, on=merged, area_id=commune.id, changes=changes)
    return merged


def _merge(commune: Area, merger: Merger, *, by: Any) -> Area:
    """Let the old villages end and a new one begin."""
    day, households = merger.text.first_day, _households_of(merger)
    merged = _begin_village(commune, merger.villages[0], merger.text)
    for village in merger.villages:
        _end_village(village, day)
        _succeed(village, merged, Extent.WHOLE, day, merger.decree)
        _record_end(village, day, merger.decree, commune, by=by)
    if households is not None:
        _enter_households(merged, households, day)
    rebuild_around([village.id for village in (merged, *merger.villages)])
    return merged


def close_village(
    commune: Area, village: Area, closure: Closure, *, by: Any, version: int | None = None
) -> None:
    """End a village after its last day; where it was split, its parts are several new ones.

    Its teams stay where they are, to be looked after.
    """
    lock_villages(commune, [village, *closure.successors])
    expect_version(village, version)
    raise_violations(list(closure_violations(commune, village, closure)))
    with undoable(ReversibleKind.VILLAGE_CLOSED, by=by, area_id=commune.id):
        _end_village(village, closure.ends)
        for successor in closure.successors:
            _succeed(village, successor, Extent.PART, closure.ends, closure.decree)
        rebuild_around([each.id for each in (village, *closure.successors)])
    _record_end(village, closure.ends, closure.decree, commune, by=by)


def set_households(
    commune: Area,
    village: Area,
    household_count: int,
    first_day: date,
    *,
    by: Any,
    is_confirmed: bool = False,
) -> None:
    """Put on record how many households a village has from a day on, until the next number.

    A number of the same day is corrected. One ten times the last, or a tenth, must be confirmed.
    """
    lock_villages(commune, [village])
    raise_violations(list(day_violations(village, first_day)))
    known = households_on([village.id], first_day).get(village.id)
    raise_violations(jump_violations(known, household_count, is_confirmed=is_confirmed))
    counts = _rows(AreaHouseholds, village)
    written = count_written(village, commune.id, counts, household_count, first_day)
    put_row(village, AreaHouseholds, written.row)
    event, area_id, changes = written.event
    record(event, by=by, on=village, area_id=area_id, changes=changes)


def put_row(village: Area, model: Any, written: RowWritten) -> None:
    """Write what a value of a village from a day on writes to its table."""
    for name, value in written.held_values.items():
        setattr(written.held, name, value)
    db.session.flush()  # what held ends before the next begins
    if written.new:
        db.session.add(model(**written.new))
    if village.valid_to:
        _rise(village)  # whoever takes the end back must not undo this with it


def _begin_village(commune: Area, first: Area, text: VillageText) -> Area:
    """A new village where the first of those stands of which it is made."""
    village = Area(**village_values(text, first.latitude, first.longitude))
    db.session.add(village)
    db.session.flush()  # its name and places need the id
    code = next_code(commune.names[-1].code)
    db.session.add(AreaName(**name_values(village.id, text, code)))
    db.session.add_all(
        AreaPlacement(**placement_values(village.id, place))
        for place in later_places(first, text.first_day)
    )
    db.session.flush()
    return village


def _end_village(village: Area, day: date) -> None:
    """End a village before a day; what was on record of it from then on goes."""
    _rise(village)
    village.valid_to = day
    for row in [row for model in DATED for row in _rows(model, village)]:
        if row.valid_from >= day:
            db.session.delete(row)
        elif row.valid_to is None or row.valid_to > day:
            row.valid_to = day
    db.session.flush()


def _succeed(before: Area, after: Area, extent: Extent, day: date, decree: str | None) -> None:
    """Put on record what became of a village."""
    row = AreaSuccession(
        predecessor_id=before.id,
        successor_id=after.id,
        extent=extent,
        effective_on=day,
        decree=decree,
    )
    db.session.add(row)


def _enter_households(village: Area, household_count: int, day: date) -> None:
    """The first number of households of a new village."""
    row = AreaHouseholds(**household_values(village.id, household_count, day))
    db.session.add(row)


def _households_of(merger: Merger) -> int | None:
    """The households of the new village: as said, else of all together where all are known."""
    if merger.household_count is not None:
        return merger.household_count
    known = households_on([one.id for one in merger.villages], merger.text.first_day - ONE_DAY)
    return sum(known.values()) if len(known) == len(merger.villages) else None


def _record_end(village: Area, day: date, decree: str | None, commune: Area, *, by: Any) -> None:
    changes = {"valid_to": (None, day), "decree": (None, decree)}
    record(Event.VILLAGE_CLOSED, by=by, on=village, area_id=commune.id, changes=changes)


def _rise(village: Area) -> None:
    """Let the version rise also where the change lies in another table: whoever edits, or takes
    back, what was there before must find it changed."""
    flag_modified(village, "valid_from")


def _name_before(village: Area, day: date) -> str:
    """What a village was called last before a day."""
    return [name for name in village.names if name.valid_from < day][-1].full_name


def _rows(model: Any, village: Area) -> Sequence[Any]:
    """The rows of a village in a dated table, from the first to the last."""
    query = select(model).where(model.area_id == village.id)
    return db.session.scalars(query.order_by(model.valid_from)).all()
