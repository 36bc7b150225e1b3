"""What an agency says of itself, put on record."""

from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from tcns.areas.agencies.models import Agency
from tcns.areas.agencies.queries import agency_of
from tcns.areas.agencies.rules import AgencyText
from tcns.areas.models import Area
from tcns.areas.queries import map_day
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.database.locking import lock
from tcns.errors import expect_version


def set_agency(area: Area, text: AgencyText, *, version: int | None, by: Any) -> None:
    """Say how the agency of an area is named on documents, who signs, and who helps."""
    lock(area)
    expect_version(area, version)
    before = agency_of(area, map_day())
    db.session.merge(Agency(area_id=area.id, **text._asdict()))
    flag_modified(area, "valid_from")  # whoever edits it meanwhile must find it changed
    changes = {name: (old, new) for name, old, new in zip(text._fields, before, text, strict=True)}
    record(Event.AGENCY_SET, by=by, on=area, area_id=area.id, changes=changes)
