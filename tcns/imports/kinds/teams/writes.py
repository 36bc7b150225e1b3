"""What rows of a file of teams write: decisions, teams they establish, what is put right."""

from datetime import date
from typing import Any

from sqlalchemy import select

from tcns.areas.models import Area
from tcns.audit.operations import PlannedEvent
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.i18n import format_day
from tcns.imports.rows.area_matching import Spot
from tcns.imports.rows.results import Finding, RowWrite
from tcns.imports.rows.write_plan import Changed, PendingId, WritePlan
from tcns.permissions.scope import Scope
from tcns.teams.models import EstablishingDecision, Team, TeamDecision
from tcns.teams.vocabulary import Purpose
from tcns.vietnamese import fold, sort_key

Changes = dict[str, tuple[Any, Any]]
Key = tuple[int, str, date, str]
USUAL_SUMMARY = "Thành lập Tổ công nghệ số cộng đồng"


class KnownDecisions:
    """The decisions on file: the same number, day and issuer in an area is the same decision."""

    def __init__(self, scope: Scope) -> None:
        query = select(EstablishingDecision).where(scope.clause(EstablishingDecision))
        self._ids: dict[Key, int] = {
            (each.area_id, each.number, each.issued_on, each.issuer): each.id
            for each in db.session.scalars(query.order_by(EstablishingDecision.id.desc()))
        }

    def id_of(self, key: Key) -> int | None:
        """The id of a decision that is on file."""
        return self._ids.get(key)


def establishing(
    finding: Finding, name: str, spot: Spot, commune: Spot, known: KnownDecisions
) -> RowWrite:
    """A new team of an area, by a decision of its commune that is on file or new."""
    value, area_id, commune_id = finding.value, spot.area.id, commune.area.id
    key = (commune_id, value("number"), value("issued_on"), value("issuer"))
    decision_id = known.id_of(key)
    first_day = value("since") or value("issued_on")

    def write(plan: WritePlan) -> None:
        plan.lock(Area, commune_id)
        plan.lock(Area, area_id)
        decision = decision_id or plan.create_once(key, lambda: _issue(plan, key, value("summary")))
        values = {
            "area_id": area_id,
            "name": name,
            "search_key": fold(name),
            "sort_key": sort_key(name),
            "second_reason": value("second_reason"),
            "valid_from": first_day,
            "valid_to": None,
        }
        changes = {
            "name": (None, name),
            "valid_from": (None, first_day),
            "decision": (None, value("number")),
            "second_reason": (None, value("second_reason")),
        }
        team = plan.create(Team, values, PlannedEvent(Event.TEAM_ESTABLISHED, area_id, changes))
        effect = {"team_id": team, "decision_id": decision, "purpose": Purpose.ESTABLISH.value}
        plan.create(TeamDecision, effect)

    return write


def _issue(plan: WritePlan, key: Key, summary: str | None) -> PendingId:
    """A new decision of a commune."""
    area_id, number, issued_on, issuer = key
    text = {
        "number": number,
        "issued_on": issued_on,
        "issuer": issuer,
        "summary": summary or USUAL_SUMMARY,
    }
    value = PlannedEvent(
        Event.DECISION_ISSUED, area_id, {name: (None, each) for name, each in text.items()}
    )
    values = text | {"area_id": area_id, "search_key": fold(number)}
    return plan.create(EstablishingDecision, values, value)


def correcting(team_id: int, version: int, area_id: int, changes: Changes) -> RowWrite:
    """A team's name or first day is put right."""

    def write(plan: WritePlan) -> None:
        if not changes:
            return
        plan.lock(Team, team_id)
        values = {name: new for name, (_old, new) in changes.items()}
        if "name" in values:
            name = values["name"]
            values |= {"search_key": fold(name), "sort_key": sort_key(name)}
        value = PlannedEvent(Event.TEAM_CORRECTED, area_id, changes)
        plan.change(Team, Changed(team_id, version, values), value)

    return write


def in_words(changes: Changes) -> dict[str, tuple[str | None, str | None]]:
    """Old and new values as people read them, by the column of the file."""
    words: dict[str, tuple[str | None, str | None]] = {}
    if "name" in changes:
        words["team"] = changes["name"]
    if "valid_from" in changes:
        old, new = changes["valid_from"]
        words["since"] = (format_day(old), format_day(new))
    return words
