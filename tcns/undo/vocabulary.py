"""The closed list of what can be undone as a whole."""

from enum import StrEnum

from tcns.i18n import LabelledEnum
from tcns.i18n import lazy_gettext as _l


class ReversibleKind(LabelledEnum):
    """What was done, in alphabetical order."""

    IMPORT = "import", _l("File imported")
    MEMBERSHIPS_ENDED = "memberships_ended", _l("Memberships ended")
    PERSONS_MERGED = "persons_merged", _l("Persons joined into one")
    SESSION_REVIEWED = "session_reviewed", _l("Session approved or returned")
    SESSIONS_APPROVED = "sessions_approved", _l("Sessions approved")
    TEAM_AMENDED = "team_amended", _l("Team amended")
    TEAM_REFORMED = "team_reformed", _l("Team re-formed")
    TEAMS_DISSOLVED = "teams_dissolved", _l("Teams dissolved")
    TEAMS_MERGED = "teams_merged", _l("Teams merged")
    VILLAGE_ADDED = "village_added", _l("Village added")
    VILLAGE_CLOSED = "village_closed", _l("Village closed")
    VILLAGE_RENAMED = "village_renamed", _l("Village renamed")
    VILLAGES_MERGED = "villages_merged", _l("Villages merged")


# What belongs to the place where it was done: whoever may do it there now may undo it. Anything
# else is undone by the one who did it alone.
OF_THE_PLACE = frozenset(
    {
        ReversibleKind.VILLAGE_ADDED,
        ReversibleKind.VILLAGE_CLOSED,
        ReversibleKind.VILLAGE_RENAMED,
        ReversibleKind.VILLAGES_MERGED,
    }
)


class Action(StrEnum):
    """What a step did to its row."""

    CREATED = "created"
    CHANGED = "changed"
    DELETED = "deleted"


# The tables that undo covers: what is written there within `undoable` is noted.
NOTED = frozenset(
    {
        "activity",
        "activity_topic",
        "area",
        "area_households",
        "area_name",
        "area_placement",
        "area_statistic",
        "area_succession",
        "attendance",
        "course",
        "deployment",
        "distinct_pair",
        "establishing_decision",
        "indicator",
        "indicator_value",
        "initiative",
        "membership",
        "person",
        "photograph",
        "role_assignment",
        "team",
        "team_decision",
        "training",
        "user",
    }
)
# Those it leaves alone, each with why.
UNNOTED = {
    "agency": "how an agency is named on paper: whoever wants it otherwise says it again",
    "area_boundary": "pictures of a file, which is loaded again",
    "area_path": "derived of the tree, derived anew after undoing",
    "area_seat": "derived of the tree, derived anew after undoing",
    "audit_event": "what happened stays on record, and so does its undoing",
    "audit_value": "what happened stays on record, and so does its undoing",
    "closing": "a month is opened again by itself, with a reason",
    "column_choice": "how somebody's files are read: no record of the register",
    "data_version": "which state the data are in: undoing makes another",
    "import": "how far a file has come, which its own pages say",
    "import_row": "a file as it was sent",
    "job": "how far long work has come",
    "letter_template": "how documents look: whoever wants them otherwise chooses again",
    "notice": "what somebody was told; where it is not so any more it is withdrawn",
    "reopening_request": "a question and its answer",
    "report": "a report is returned and sent again, with a reason",
    "report_step": "what was sent, returned and accepted stays on record",
    "replay": "the answers to forms that were sent: they were sent",
    "plan": "added, corrected and deleted on pages of its own",
    "plan_target": "added, corrected and deleted on pages of its own",
    "preset": "one's own way of looking: no record of the register",
    "reversible": "the notes themselves",
    "reversible_step": "the notes themselves",
    "sign_in": "whoever was signed out signs in again",
    "sign_in_attempt": "how often a password was tried",
}
# Columns of which nothing is ever noted: they stay as they are when the rest is undone.
SECRET = {"user": frozenset({"password_hash", "code_hash", "code_expires_at"})}
