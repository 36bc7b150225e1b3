"""What agencies are called on a day."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from tcns.areas.agencies.models import Agency
from tcns.areas.agencies.rules import AgencyText, may_have_agency, usual_text
from tcns.areas.models import Area
from tcns.areas.places import trails
from tcns.areas.vocabulary import Level
from tcns.database import db


def agency_of(area: Area, day: date) -> AgencyText:
    """The agency of a commune or the province, as it is called on a day."""
    return agencies_of([area], day)[area.id]


def agency_in(area_id: int, day: date) -> AgencyText | None:
    """The agency of a commune or the province by its id; None where it has none on a day."""
    area = db.session.get_one(Area, area_id)
    return agencies_of([area], day).get(area_id)


def agencies_of(areas: Iterable[Area], day: date) -> dict[int, AgencyText]:
    """The agencies of areas by their ids: what they said of themselves, else the usual words."""
    wanted = [area for area in areas if may_have_agency(area.step)]
    said = _said([area.id for area in wanted])
    placed = trails([area.id for area in wanted if area.id not in said], day)
    found = dict(said)
    for area in wanted:
        trail = placed.get(area.id, {})
        if area.id in said or area.step not in trail:
            continue
        own = trail[area.step].label
        province = trail.get(Level.PROVINCE)
        above = province.label.full_name if province else ""
        found[area.id] = usual_text(area.step, own.full_name, own.name, above)
    return found


def _said(area_ids: list[int]) -> dict[int, AgencyText]:
    """What agencies have said of themselves."""
    query = select(Agency).where(Agency.area_id.in_(area_ids))
    return {
        one.area_id: AgencyText(*(getattr(one, name) for name in AgencyText._fields))
        for one in db.session.scalars(query)
    }


def helpers_of(area_ids: list[int]) -> dict[int, tuple[str, str | None]]:
    """Who helps in areas, by name and phone; of those that have said it."""
    query = select(Agency.area_id, Agency.helper_name, Agency.helper_phone)
    found = db.session.execute(query.where(Agency.area_id.in_(area_ids)))
    return {area_id: (name, phone) for area_id, name, phone in found if name}
