"""What rows of a file of teams write: decisions, teams they establish, corrections."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from tcns.areas.models import Area
from tcns.audit.operations import Change, Written
from tcns.database import db
from tcns.i18n import format_day
from tcns.imports.rows.places_on_map import Spot
from tcns.imports.rows.results import Finding, RowWrite
from tcns.imports.rows.write_plan import Changed, PendingId, WritePlan
from tcns.permissions.scope import Scope
from tcns.teams.decisions.operations import DecisionText, decision_row, effect_values
from tcns.teams.models import EstablishingDecision, Team, TeamDecision
from tcns.teams.operations import team_row
from tcns.teams.rules import TeamText
from tcns.teams.vocabulary import Purpose

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
    value, commune_id = finding.value, commune.area.id
    head = value("number"), value("issued_on"), value("issuer")
    decision = DecisionText(*head, value("summary") or USUAL_SUMMARY)
    decision_id = known.id_of((commune_id, *head))
    first_day = value("since") or value("issued_on")
    text = TeamText(spot.area, name, first_day, value("second_reason"))

    def issue(plan: WritePlan) -> PendingId:
        return plan.create(EstablishingDecision, *decision_row(decision, commune_id))

    def write(plan: WritePlan) -> None:
        plan.lock(Area, commune_id)
        plan.lock(Area, text.area.id)
        issued = decision_id or plan.create_once((commune_id, *head), lambda: issue(plan))
        team = plan.create(Team, *team_row(text, decision.number))
        plan.create(TeamDecision, effect_values(team, issued, Purpose.ESTABLISH))

    return write


def correcting(team: Team, written: Written) -> RowWrite:
    """A team's name or first day is corrected."""

    def write(plan: WritePlan) -> None:
        if written.differing:
            plan.lock(Team, team.id)
            plan.change(Team, Changed(team.id, team.version, written.values), written.event)

    return write


def in_words(changes: Mapping[str, Change]) -> dict[str, tuple[str | None, str | None]]:
    """Old and new values as people read them, by the column of the file."""
    words: dict[str, tuple[str | None, str | None]] = {}
    if "name" in changes:
        words["team"] = changes["name"]
    if "valid_from" in changes:
        old, new = changes["valid_from"]
        words["since"] = (format_day(old), format_day(new))
    return words
