"""The one list of what is checked: a line here is a count, a list, a file and a place on the
first page."""

from tcns.areas.vocabulary import Level
from tcns.checks import conditions
from tcns.checks.context import Check, Mending
from tcns.checks.listings import (
    PAIRS,
    PERSONS,
    SESSIONS,
    TEAMS,
    VILLAGES,
    count_doubted,
)
from tcns.i18n import lazy_gettext as _l
from tcns.permissions.vocabulary import Permission

MEMBERS = Mending(_l("Add members"), "teams.add_member", "team_id")
DISSOLVE = Mending(_l("Dissolve"), "teams.dissolve_team", "team_id")

CHECKS: tuple[Check, ...] = (
    Check(
        "teams-without-leader",
        _l("Teams without a leader"),
        _l("Nobody leads the team today: add a leader, or change a member's role."),
        Permission.TEAM_READ,
        TEAMS,
        conditions.without_leader,
        MEMBERS,
    ),
    Check(
        "teams-too-small",
        _l("Teams with too few members"),
        _l("The team has fewer members than the province expects: add members."),
        Permission.TEAM_READ,
        TEAMS,
        conditions.too_small,
        MEMBERS,
    ),
    Check(
        "teams-too-large",
        _l("Teams with too many members"),
        _l("The team has more members than the province expects: end what holds no more."),
        Permission.TEAM_READ,
        TEAMS,
        conditions.too_large,
    ),
    Check(
        "teams-of-closed-villages",
        _l("Teams of closed villages"),
        _l(
            "The village was merged or closed, and its team is left: merge the team or dissolve it."
        ),
        Permission.TEAM_READ,
        TEAMS,
        conditions.in_closed(Level.VILLAGE),
        DISSOLVE,
    ),
    Check(
        "teams-of-closed-communes",
        _l("Teams of closed communes"),
        _l("The commune was reorganised, and its team is left: merge the team or dissolve it."),
        Permission.TEAM_READ,
        TEAMS,
        conditions.in_closed(Level.COMMUNE),
        DISSOLVE,
    ),
    Check(
        "villages-without-team",
        _l("Villages without a team"),
        _l("The village is on the map and has no team today: register one."),
        Permission.AREA_READ,
        VILLAGES,
        conditions.without_team,
        Mending(_l("Register a team"), "teams.establish_teams", "area"),
    ),
    Check(
        "members-without-phone",
        _l("Members without a phone number"),
        _l("Nobody can reach the member: enter the number."),
        Permission.PERSON_READ,
        PERSONS,
        conditions.without_phone,
        Mending(_l("Enter the phone number"), "teams.correct_person", "person_id"),
    ),
    Check(
        "likely-duplicates",
        _l("Persons who may be on file twice"),
        _l("Names, phones or years of birth agree: compare the two, join them or tell them apart."),
        Permission.PERSON_WRITE,
        PAIRS,
        subjects=("areas", "teams", "duplicates"),
    ),
    Check(
        "sessions-in-doubt",
        _l("Sessions whose figures may be mistaken"),
        _l(
            "Logged in the past year, and like another one, with more households than the village "
            "has, or far more participants than usual: ask the team, return what is wrong."
        ),
        Permission.ACTIVITY_READ,
        SESSIONS,
        conditions.in_doubt,
        subjects=("areas", "teams", "activities"),
        count=count_doubted,
    ),
    Check(
        "leaders-without-account",
        _l("Leaders whose account was never used"),
        _l("The leader has no account, or never signed in with it: hand over a slip."),
        Permission.ACCOUNT_READ,
        PERSONS,
        conditions.leads_without_account,
        Mending(_l("Accounts"), "teams.prepare_slips", "team_id"),
        subjects=("areas", "teams", "sign_ins"),
    ),
)
BY_KEY = {check.key: check for check in CHECKS}
