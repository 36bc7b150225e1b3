"""The pages that draw several subjects of teams; importing all pages puts them on the blueprint."""

from tcns.teams import rights, views
from tcns.teams.blueprint import blueprint
from tcns.teams.decisions import list_views as decision_lists
from tcns.teams.decisions import scan_views as scans
from tcns.teams.decisions import views as decisions
from tcns.teams.lifecycle import undo_rules
from tcns.teams.lifecycle.amend import views as amend
from tcns.teams.lifecycle.dissolve import bulk_views as dissolve_many
from tcns.teams.lifecycle.dissolve import views as dissolve
from tcns.teams.lifecycle.establish import views as establish
from tcns.teams.lifecycle.merge import views as merge
from tcns.teams.lifecycle.reform import views as reform
from tcns.teams.lifecycle.reopen import views as reopen
from tcns.teams.member_accounts import bulk_views as many_accounts
from tcns.teams.member_accounts import views as member_accounts
from tcns.teams.members import bulk_views as end_many
from tcns.teams.members import list_views as member_lists
from tcns.teams.members import person_views as persons
from tcns.teams.members import transfer_views
from tcns.teams.members import views as members
from tcns.teams.pages import person_views, team_views
from tcns.teams.training import course_views as courses
from tcns.teams.training import participant_views as participants
from tcns.teams.training import views as training

# Importing rights and the rules of undoing registers them.
__all__ = [
    "amend",
    "blueprint",
    "courses",
    "decision_lists",
    "decisions",
    "dissolve",
    "dissolve_many",
    "end_many",
    "establish",
    "many_accounts",
    "member_accounts",
    "member_lists",
    "members",
    "merge",
    "participants",
    "person_views",
    "persons",
    "reform",
    "reopen",
    "rights",
    "scans",
    "team_views",
    "training",
    "transfer_views",
    "undo_rules",
    "views",
]
