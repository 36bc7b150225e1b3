"""What teams object when a village is to end: none may begin in a village that is gone."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from tcns.areas.hanging import objects_to_an_end
from tcns.areas.models import Area
from tcns.database import db
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.rules import RuleBroken
from tcns.teams.models import Team


@objects_to_an_end
def broken_by_later_teams(area: Area, day: date) -> Iterator[RuleBroken]:
    """The area's teams that were established on the day or later; older ones may outlast it."""
    query = select(Team).where(Team.area_id == area.id, Team.valid_from >= day)
    for team in db.session.scalars(query.order_by(Team.valid_from, Team.id)):
        since = format_day(team.valid_from)
        message = _("%(team)s was established on %(day)s, after that.", team=team.name, day=since)
        yield RuleBroken(message)
