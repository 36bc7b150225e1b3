"""Telling whoever waits for it that a month was opened, or that somebody asks for it."""

from typing import Any

from tcns.accounts.queries import officials_of
from tcns.areas import queries as areas
from tcns.areas.models import Area
from tcns.areas.places import usual_map
from tcns.areas.vocabulary import Level
from tcns.closings.models import Closing, ReopeningRequest
from tcns.notices.operations import notify
from tcns.notices.vocabulary import NoticeKind
from tcns.periods import NamedPeriod, PeriodKind, period_holding
from tcns.permissions.scope import EVERYTHING
from tcns.teams.members.queries import accounts_of_leaders
from tcns.teams.queries import teams_of_commune


def tell_reopened(closing: Closing, month: NamedPeriod, *, by: Any) -> None:
    """Tell the officials of the commune and the leaders of its teams that a month was opened; of
    the province the officials of all communes."""
    area, day = closing.area, usual_map(closing.last_day)
    if area.step is Level.PROVINCE:
        told = officials_of([area, *areas.communes_in(EVERYTHING, area.id, day)])
    else:
        leaders = accounts_of_leaders(teams_of_commune(EVERYTHING, area, day))
        told = officials_of([area]) | leaders
    facts = {"name": _name_of(area, closing), "period": month.name}
    notify(told, NoticeKind.MONTH_REOPENED, closing.id, facts, by=by)


def tell_asked(request: ReopeningRequest, *, by: Any) -> None:
    """Tell the officials of the commune whose month is asked for, or of the province."""
    told = officials_of([request.area])
    notify(told, NoticeKind.REOPENING_ASKED, request.id, _facts(request), by=by)


def tell_decided(request: ReopeningRequest, *, by: Any) -> None:
    """Tell whoever asked, and the team's leader."""
    kind = NoticeKind.REOPENING_GRANTED if request.is_granted else NoticeKind.REOPENING_DECLINED
    told = {request.asked_by_id, *accounts_of_leaders([request.team])}
    notify(told, kind, request.id, _facts(request), by=by)


def _facts(request: ReopeningRequest) -> dict[str, str]:
    """Whose month it is, and which."""
    month = period_holding(PeriodKind.MONTH, request.first_day)
    return {"name": request.team.name, "period": month.name}


def _name_of(area: Area, closing: Closing) -> str:
    """What the area was called in the month."""
    return areas.labels([area.id], usual_map(closing.last_day))[area.id].full_name
