"""Registering teams: one decision, the areas it covers, villages that are not listed yet."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from tcns.accounts.models import User
from tcns.areas.models import Area
from tcns.areas.villages.add_operations import VillageText, add_village, new_village_violations
from tcns.audit.operations import add_row
from tcns.database.locking import lock
from tcns.errors import RuleViolation, RuleViolations, raise_violations
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.teams.decisions.operations import DecisionText, decide, issue_decision
from tcns.teams.models import EstablishingDecision, Team
from tcns.teams.operations import team_row
from tcns.teams.rules import (
    TeamText,
    new_team_violations,
)
from tcns.teams.vocabulary import Purpose

Result = TypeVar("Result")


@dataclass(frozen=True)
class NewTeam:
    """A team to be established in an area, or in a village that comes into being with it.

    `field` is how the form calls what was typed of the village: village_0_name and so on.
    """

    name: str
    area: Area | None = None
    village: VillageText | None = None
    field: str = ""


@dataclass(frozen=True)
class Registration:
    """The teams that one decision establishes in a commune and its villages from a day on."""

    commune: Area
    decision: EstablishingDecision | DecisionText
    teams: Sequence[NewTeam]
    first_day: date
    second_reason: str | None = None


def register_teams(wanted: Registration, *, by: User) -> list[Team]:
    """Establish the teams, all or none, and add the villages that are not listed yet."""
    raise_violations(list(registration_violations(wanted)))
    decision = wanted.decision
    if isinstance(decision, DecisionText):
        decision = issue_decision(decision, area=wanted.commune, by=by)
    in_order = sorted(wanted.teams, key=lambda team: team.area.id if team.area else 0)
    return [_register(team, wanted, decision, by=by) for team in in_order]


def _register(
    team: NewTeam, wanted: Registration, decision: EstablishingDecision, *, by: User
) -> Team:
    area, village = team.area, team.village
    if village:
        area = beside(team.field, lambda: add_village(wanted.commune, village, by=by))
    assert area is not None, "a team has an area or a village to be"
    text = TeamText(area, team.name, wanted.first_day, wanted.second_reason)
    return establish_team(text, decision=decision, by=by)


def registration_violations(wanted: Registration) -> Iterator[RuleViolation]:
    """Why the teams cannot be established so, each with its field; nothing is written."""
    value = set()
    for team in wanted.teams:
        for one in _broken_by(team, wanted):
            if (str(one.message), one.field) not in value:
                value.add((str(one.message), one.field))
                yield one


def _broken_by(team: NewTeam, wanted: Registration) -> Iterator[RuleViolation]:
    """Why one of the teams cannot be established."""
    if team.area:
        text = TeamText(team.area, team.name, wanted.first_day, wanted.second_reason)
        yield from new_team_violations(text)
    if team.village:
        for one in new_village_violations(wanted.commune, team.village):
            yield _renamed(one, team.field)
        if team.village.first_day > wanted.first_day:
            first = format_day(team.village.first_day)
            message = _("%(area)s exists only since %(day)s.", area=team.village.name, day=first)
            yield _renamed(RuleViolation(message, "first_day"), team.field)


def beside(field: str, operate: Callable[[], Result]) -> Result:
    """Operate; broken rules of a village are said beside its fields of the form."""
    try:
        return operate()
    except RuleViolation as broken:
        raise RuleViolations([_renamed(one, field) for one in broken.each]) from broken


def _renamed(broken: RuleViolation, field: str) -> RuleViolation:
    """The same beside the form's field."""
    return RuleViolation(broken.message, f"{field}_{broken.field}")


def establish_team(text: TeamText, *, decision: EstablishingDecision, by: User) -> Team:
    """Establish a team of a commune or village by a decision, from a day on.

    The area must exist that day. A second active team of an area needs a stated reason.
    """
    lock(text.area)
    raise_violations(list(new_team_violations(text)))
    team = add_row(Team, team_row(text, decision.number), by=by)
    decide(team, decision, Purpose.ESTABLISH)
    return team
