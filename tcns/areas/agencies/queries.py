"""What agencies are called on a day."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from tcns.areas.agencies.models import Agency
from tcns.areas.agencies.rules import AgencyText, may_have_agency, usual_text
from tcns.areas.models import Area
from tcns.areas.places import STEPS, Trail, alone, trails, trails_told
from tcns.areas.vocabulary import Level
from tcns.database import db

# What leads up from an area, and what the agencies on the way have said of themselves: every page
# asks it of its visitor's area, so in one question.
STEPS_AND_SAID = STEPS.outerjoin(Agency, Agency.area_id == Area.id).add_columns(
    *(getattr(Agency, name) for name in AgencyText._fields)
)
STEP_COLUMNS = len(STEPS.selected_columns)


def agency_of(area: Area, day: date) -> AgencyText:
    """The agency of a commune or the province, as it is called on a day."""
    return agencies_of([area], day)[area.id]


def agencies_of(areas: Iterable[Area], day: date) -> dict[int, AgencyText]:
    """The agencies of areas by their ids: what they said of themselves, else the usual words."""
    wanted = [area for area in areas if may_have_agency(area.step)]
    said = _said([area.id for area in wanted])
    placed = trails([area.id for area in wanted if area.id not in said], day)
    found = {area.id: _usual(area.step, placed.get(area.id, {})) for area in wanted}
    return {area_id: usual for area_id, usual in found.items() if usual} | said


def trail_with_agencies(area_id: int, day: date) -> tuple[Trail, list[AgencyText]]:
    """An area with those above it on a day, and the agencies of the commune and of the province
    among them, the nearer first."""
    rows = db.session.execute(STEPS_AND_SAID, {"area_ids": [area_id], "day": day}).all()
    told = trails_told(row[:STEP_COLUMNS] for row in rows)
    said = {
        row.id: AgencyText(*row[STEP_COLUMNS:]) for row in rows if row[STEP_COLUMNS] is not None
    }
    if not told:  # not on that map
        told, said = alone({area_id}, day), _said([area_id])
    trail = told.get(area_id, {})
    levels = [level for level in (Level.COMMUNE, Level.PROVINCE) if level in trail]
    found = [said.get(trail[level].id) or _usual(level, trail) for level in levels]
    return trail, [one for one in found if one]


def agencies_of_communes(placed: Iterable[Trail]) -> dict[int, AgencyText]:
    """The agencies of the communes that areas with those above them lie in, by the commune's id."""
    communes = {trail[Level.COMMUNE].id: trail for trail in placed if Level.COMMUNE in trail}
    found = {one: _usual(Level.COMMUNE, trail) for one, trail in communes.items()}
    return {one: usual for one, usual in found.items() if usual} | _said([*communes])


def _usual(level: Level, trail: Trail) -> AgencyText | None:
    """The usual words for the agency of the area of a level; None where that is not on the map."""
    if level not in trail:
        return None
    own, province = trail[level].label, trail.get(Level.PROVINCE)
    above = province.label.full_name if province else ""
    return usual_text(level, own.full_name, own.name, above)


def _said(area_ids: list[int]) -> dict[int, AgencyText]:
    """What agencies have said of themselves."""
    query = select(Agency).where(Agency.area_id.in_(area_ids))
    return {
        one.area_id: AgencyText(*(getattr(one, name) for name in AgencyText._fields))
        for one in db.session.scalars(query)
    }
