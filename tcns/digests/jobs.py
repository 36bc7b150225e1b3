"""The weekly digest as regular work: looked after every morning, told once a week."""

from tcns.areas import queries as areas
from tcns.areas.models import Area
from tcns.areas.places import usual_map
from tcns.clock import today
from tcns.database import db, writing
from tcns.digests.operations import tell_week
from tcns.jobs.kinds import every_morning, give_way
from tcns.permissions.scope import EVERYTHING


@every_morning
def tell_all_communes() -> int:
    """Tell the officials of every commune how it stands, each in a transaction of its own; how many
    were told now. Whoever was told this week already is not told again."""
    told = 0
    for commune_id in _communes():
        with writing():
            told += tell_week(db.session.get_one(Area, commune_id))
        give_way()
    return told


def _communes() -> list[int]:
    """The communes on the map of today, by their ids."""
    day = usual_map(today())
    province = areas.province(day)
    found = areas.communes_in(EVERYTHING, province.id, day) if province else []
    return [commune.id for commune in found]
