"""The list of decisions: which it shows, in what order, and what it says of each."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, extract, func, select

from tcns.areas.places import Place, Trail, name_order, trails
from tcns.database import db
from tcns.database.ordering import USUAL, Order, in_order
from tcns.permissions.scope import Scope
from tcns.teams.models import EstablishingDecision, Team, TeamDecision
from tcns.teams.search import decision_matches
from tcns.teams.vocabulary import Purpose


@dataclass(frozen=True)
class DecisionFilter:
    """Which decisions a list shows: those of the authorities of a place."""

    place: Place
    text: str = ""
    year: int | None = None
    purpose: Purpose | None = None
    order: Order = USUAL


class DecisionRow(NamedTuple):
    """A decision as a list shows it: with its area on a map, and to how many teams it did what."""

    decision: EstablishingDecision
    trail: Trail
    purposes: list[Purpose]
    team_count: int


def decisions_in(scope: Scope, wanted: DecisionFilter) -> Select[tuple[EstablishingDecision]]:
    """The decisions of the scope that a list shows, usually the newest first."""
    decision = EstablishingDecision
    query = select(decision).where(
        scope.clause(decision), wanted.place.holds(decision.area_id), decision_matches(wanted.text)
    )
    if wanted.year:
        first, last = date(wanted.year, 1, 1), date(wanted.year, 12, 31)
        query = query.where(decision.issued_on.between(first, last))
    if wanted.purpose:
        effects = _effects(scope).where(TeamDecision.purpose == wanted.purpose)
        query = query.where(decision.id.in_(effects.with_only_columns(TeamDecision.decision_id)))
    newest = decision.issued_on.desc(), decision.id.desc()
    return in_order(query, wanted.order, _columns(scope, wanted), *newest)


def _columns(scope: Scope, wanted: DecisionFilter) -> dict[str, Any]:
    """What the list of decisions can be sorted by."""
    teams = _effects(scope).where(TeamDecision.decision_id == EstablishingDecision.id)
    counted = teams.with_only_columns(func.count(TeamDecision.team_id.distinct()))
    return {
        "number": EstablishingDecision.search_key,
        "issued_on": EstablishingDecision.issued_on,
        "issuer": EstablishingDecision.issuer,
        "area": name_order(EstablishingDecision.area_id, wanted.place.map_on),
        "teams": counted.correlate(EstablishingDecision).scalar_subquery(),
    }


def _effects(scope: Scope) -> Select[Any]:
    """What decisions did to the teams of the scope."""
    return select(TeamDecision).join(TeamDecision.team).where(scope.clause(Team))


def decision_rows(
    scope: Scope, decisions: Sequence[EstablishingDecision], map_on: date
) -> list[DecisionRow]:
    """What a list shows of some of its decisions, with one question to each table."""
    placed = trails((decision.area_id for decision in decisions), map_on)
    purposes, counts = _what_they_did(scope, [decision.id for decision in decisions])
    return [
        DecisionRow(
            each,
            placed.get(each.area_id, {}),
            [purpose for purpose in Purpose if purpose in purposes[each.id]],
            counts[each.id],
        )
        for each in decisions
    ]


def _what_they_did(
    scope: Scope, decision_ids: Sequence[int]
) -> tuple[defaultdict[int, set[str]], Counter[int]]:
    """For what each decision was issued, and how many teams it is about."""
    effects = _effects(scope).where(TeamDecision.decision_id.in_(decision_ids))
    purposes, teams = defaultdict[int, set[str]](set), defaultdict[int, set[int]](set)
    columns = TeamDecision.decision_id, TeamDecision.team_id, TeamDecision.purpose
    for decision_id, team_id, purpose in db.session.execute(effects.with_only_columns(*columns)):
        purposes[decision_id].add(purpose)
        teams[decision_id].add(team_id)
    return purposes, Counter({decision_id: len(found) for decision_id, found in teams.items()})


def decision_years(scope: Scope) -> list[int]:
    """The years in which the decisions of the scope were issued, the latest first."""
    year = extract("year", EstablishingDecision.issued_on)
    query = select(year).where(scope.clause(EstablishingDecision)).distinct()
    return sorted((int(found) for found in db.session.scalars(query)), reverse=True)
