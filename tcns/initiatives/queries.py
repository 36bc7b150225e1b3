"""The list of digital models: which it shows, in what order, and where each is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, select

from tcns.areas.places import Place, Trail, name_order, trails
from tcns.database.ordering import USUAL, Order, in_order
from tcns.initiatives.models import Initiative
from tcns.initiatives.vocabulary import InitiativeKind, Lasting, Stage
from tcns.permissions.scope import Scope
from tcns.vietnamese import search_words


@dataclass(frozen=True)
class InitiativeFilter:
    """Which digital models of a place a list shows, as they are on a day."""

    place: Place
    on: date
    text: str = ""
    kind: InitiativeKind | None = None
    stage: Stage | None = None
    lasting: Lasting | None = None
    order: Order = USUAL


class InitiativeRow(NamedTuple):
    """A digital model as a list shows it: with its area on a map."""

    initiative: Initiative
    trail: Trail


def initiatives_in(scope: Scope, wanted: InitiativeFilter) -> Select[tuple[Initiative]]:
    """The digital models of the scope that had started by the day, usually the newest first."""
    query = select(Initiative).where(
        scope.clause(Initiative),
        wanted.place.holds(Initiative.area_id),
        Initiative.valid_from <= wanted.on,
        *(Initiative.search_key.contains(w, autoescape=True) for w in search_words(wanted.text)),
    )
    if wanted.kind:
        query = query.where(Initiative.kind == wanted.kind)
    if wanted.stage:
        query = query.where(Initiative.stage == wanted.stage)
    if wanted.lasting:
        lasts = Initiative.valid_on(wanted.on)
        query = query.where(lasts if wanted.lasting is Lasting.LASTING else ~lasts)
    columns: dict[str, Any] = {
        "name": Initiative.sort_key,
        "kind": Initiative.kind,
        "started_on": Initiative.valid_from,
        "ended_on": Initiative.valid_to,
        "area": name_order(Initiative.area_id, wanted.place.map_on),
    }
    usual = Initiative.valid_from.desc(), Initiative.sort_key, Initiative.id
    return in_order(query, wanted.order, columns, *usual)


def initiative_rows(
    scope: Scope, initiatives: Sequence[Initiative], map_on: date
) -> list[InitiativeRow]:
    """What a list shows of some digital models of the scope."""
    placed = trails((each.area_id for each in initiatives), map_on)
    return [InitiativeRow(each, placed.get(each.area_id, {})) for each in initiatives]
