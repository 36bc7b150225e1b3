"""What changes the deployment: which province this installation serves, and on which map."""

from datetime import date
from typing import Any

from tcns.areas import queries
from tcns.areas.gazetteer_operations import provinces_on, store_gazetteer
from tcns.areas.models import Deployment
from tcns.areas.tree_operations import rebuild_tree
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.clock import today
from tcns.database import db
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _


def load_areas(province_code: str, *, by: Any) -> int:
    """Load the gazetteer for an installation that serves `province_code`; the number of areas.

    The map follows the calendar. Done already, nothing is done: 0. Raises RuleViolation for a
    province the gazetteer does not hold today, and where another one is served already.
    """
    require_known(province_code)
    served = queries.deployment().province_code
    if served and served != province_code:
        raise RuleViolation(_("This installation serves province %(code)s already.", code=served))
    if served:
        return 0
    area_ids = store_gazetteer()
    rebuild_tree()
    deploy(province_code, by=by)
    return len(area_ids)


def require_known(province_code: str) -> None:
    """Refuse a province that the gazetteer does not hold today."""
    known = provinces_on(today())
    if province_code not in known:
        names = ", ".join(f"{code} ({name})" for code, name in known.items())
        raise RuleViolation(
            _(
                "The gazetteer holds no province %(code)s today; it holds: %(names)s.",
                code=province_code,
                names=names,
            )
        )


def deploy(
    province_code: str, *, by: Any, map_on: date | None = None, is_demonstration: bool = False
) -> None:
    """Say which province is served, on which map, and whether persons are invented."""
    deployment = Deployment(
        id=1, province_code=province_code, map_on=map_on, is_demonstration=is_demonstration
    )
    db.session.add(deployment)
    db.session.flush()  # the event needs the row it is about
    changes = {"province_code": (None, province_code), "map_on": (None, map_on)}
    record(Event.AREAS_LOADED, by=by, on=deployment, changes=changes)


def set_map_day(day: date | None, *, by: Any) -> None:
    """Make `day` the day whose areas are the current ones; None follows the calendar.

    Raises RuleViolation where nothing is loaded, or the province is not known on that day.
    """
    deployment = db.session.get(Deployment, 1)
    if deployment is None:
        raise RuleViolation(_("No areas are loaded yet."))
    if queries.province(day or today()) is None:
        raise RuleViolation(_("No areas are known on that day."), "map_on")
    record(Event.MAP_DAY_SET, by=by, on=deployment, changes={"map_on": (deployment.map_on, day)})
    deployment.map_on = day
