"""Who may do what to a report beyond what the permission alone says, and when."""

from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.permissions.scope import Scope
from tcns.reports.queries import Subject
from tcns.reports.vocabulary import Reporter, ReportStatus


def sends(scope: Scope, subject: Subject) -> bool:
    """Whether who writes reports within a scope sends this one: each its own, nobody another's.

    A team's is sent by its leader, a commune's by its official, the province's by the province.
    """
    match subject.reporter:
        case Reporter.TEAM:
            return subject.team is not None and subject.team.id in scope.teams
        case Reporter.COMMUNE:
            return not scope.everything and subject.area.id in scope.areas
        case _province:
            return scope.everything


def receives(scope: Scope, subject: Subject) -> bool:
    """Whether who answers reports within a scope answers this one: whoever stands next above.

    A team's goes to its commune, a commune's to the province; the province's goes up on paper.
    """
    match subject.reporter:
        case Reporter.TEAM:
            return not scope.everything and subject.lies_in(scope)
        case Reporter.COMMUNE:
            return scope.everything
        case _province:
            return False


def expect_state(state: ReportStatus, *allowed: ReportStatus) -> None:
    """Raise RuleViolation where a report has come further, or not so far."""
    if state not in allowed:
        raise RuleViolation(
            _("The report is in the state “%(state)s” by now. Look at it again.", state=state.label)
        )
