"""What all pages of teams share: their blueprint, and the sizes above which they warn."""

from flask import Blueprint, current_app, flash

from tcns.areas.vocabulary import Level
from tcns.clock import today
from tcns.i18n import gettext as _
from tcns.permissions.guards import my_scope
from tcns.permissions.vocabulary import Permission
from tcns.teams import queries
from tcns.teams.models import Team
from tcns.teams.vocabulary import MemberRole, Sex

blueprint = Blueprint("teams", __name__)


def size_limits() -> dict[Level, int]:
    """The number of members above which a team of a level is shown as large."""
    settings = current_app.config["TCNS"]
    return {Level.COMMUNE: settings.commune_team_size, Level.VILLAGE: settings.village_team_size}


@blueprint.app_template_filter("sex_word")
def write_sex(sex: str | None) -> str:
    """The sex of a person in words; empty where nobody said it."""
    return str(Sex(sex).label) if sex else ""


def usual_issuer(full_name: str) -> str:
    """The authority that decides about the teams of a commune: UBND xã Hòa Phú."""
    return _("UBND %(commune)s", commune=in_a_sentence(full_name))


def in_a_sentence(full_name: str) -> str:
    """An area's name within a sentence: xã Hòa Phú."""
    return full_name[:1].lower() + full_name[1:]


def warn_without_leader(team: Team) -> None:
    """Say that a team has no leader today."""
    members = queries.members_on(my_scope(Permission.PERSON_READ), team, today())
    if not any(member.member_role is MemberRole.LEADER for member in members):
        flash(_("%(team)s has no leader now.", team=team.name), "warning")
