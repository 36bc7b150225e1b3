"""Why memberships ended, as it is kept with them."""

from datetime import date

from tcns.teams.models import Membership, Team
from tcns.teams.vocabulary import EndReason

WITH_THE_TEAM = (EndReason.DISSOLVED, EndReason.MERGED)


def end_of_team(team: Team) -> EndReason | None:
    """Why what lasts as long as a team ends with it; None while the team lasts."""
    if team.valid_to is None:
        return None
    return EndReason.MERGED if team.merged_into_id else EndReason.DISSOLVED


def corrected_reason(membership: Membership, ends: date | None) -> EndReason | None:
    """Why a membership ends whose end is put right.

    A reason that is known stays as long as there is an end; who had none left, and who now ends
    with the team ends because it does. What ended with the team and now ends earlier left.
    """
    known = membership.ended_because
    if ends is None or ends == membership.valid_to:
        return known if ends else None
    if ends == membership.team.valid_to:
        return end_of_team(membership.team)
    if membership.valid_to is None or known in WITH_THE_TEAM:
        return EndReason.LEFT
    return known
