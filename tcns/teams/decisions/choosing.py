"""The decision a form is about: one on file, or a new one of the commune's authority."""

from flask_login import current_user

from tcns.areas import queries as areas
from tcns.areas.models import Area
from tcns.errors import Gone
from tcns.permissions.guards import my_scope
from tcns.permissions.vocabulary import Permission
from tcns.teams.blueprint import usual_issuer
from tcns.teams.decisions import queries as decision_queries
from tcns.teams.decisions.forms import DecisionFields
from tcns.teams.decisions.operations import issue_decision
from tcns.teams.models import EstablishingDecision
from tcns.teams.rules import name_of


def offer_decisions(form: DecisionFields, issuer: Area) -> None:
    """Offer the decisions an authority has on file, and its usual name for a new one."""
    form.offer_decisions(decision_queries.decisions_of(my_scope(Permission.TEAM_READ), issuer.id))
    if not form.issuer.raw_data:
        form.issuer.data = usual_issuer(name_of(issuer, areas.map_day()))


def decision_on_file(form: DecisionFields) -> EstablishingDecision | None:
    """The decision chosen of those on file; None where a new one is typed.

    Raises Gone where somebody took it off file since it was offered: a new one says nothing then.
    """
    chosen = form.chosen_decision()
    if chosen is None:
        return None
    found = decision_queries.decision_by_id(my_scope(Permission.TEAM_READ), chosen)
    if found is None:
        raise Gone
    return found


def take_decision(form: DecisionFields, issuer: Area) -> EstablishingDecision:
    """The decision chosen, or a new one put on file.

    A new one locks its area: it is taken before any team is locked.
    """
    chosen = decision_on_file(form)
    return chosen or issue_decision(form.decision_text(), area=issuer, by=current_user)
