"""The closed list of events that can be on record."""

from enum import StrEnum

from flask_babel.speaklater import LazyString

from tcns.i18n import lazy_gettext as _l


class Event(StrEnum):
    """What happened, as `object:verb`, in alphabetical order of these."""

    ACCOUNT_CORRECTED = "account:corrected"
    ACCOUNT_CREATED = "account:created"
    ACCOUNT_DISABLED = "account:disabled"
    ACCOUNT_LINKED = "account:linked"
    ACCOUNT_ENABLED = "account:enabled"
    ACTIVITY_APPROVED = "activity:approved"
    ACTIVITY_CORRECTED = "activity:corrected"
    ACTIVITY_DELETED = "activity:deleted"
    ACTIVITY_LOGGED = "activity:logged"
    ACTIVITY_RETURNED = "activity:returned"
    ACTIVITY_SUBMITTED = "activity:submitted"
    VILLAGE_ADDED = "area:added"
    VILLAGE_CLOSED = "area:closed"
    VILLAGE_NAME_CORRECTED = "area:corrected"
    HOUSEHOLDS_SET = "area:households-set"
    AREAS_LOADED = "area:loaded"
    VILLAGES_MERGED = "area:merged"
    VILLAGE_RENAMED = "area:renamed"
    DECISION_CORRECTED = "decision:corrected"
    DECISION_ISSUED = "decision:issued"
    MAP_DAY_SET = "deployment:map-day-set"
    IMPORT_APPLIED = "import:applied"
    IMPORT_DELETED = "import:deleted"
    IMPORT_UPLOADED = "import:uploaded"
    INDICATORS_LOADED = "indicator:loaded"
    LIST_EXPORTED = "list:exported"
    MEMBER_ADDED = "membership:added"
    MEMBERSHIP_CORRECTED = "membership:corrected"
    MEMBERSHIP_ENDED = "membership:ended"
    ROLE_CHANGED = "membership:role-changed"
    MEMBER_TRANSFERRED = "membership:transferred"
    MEMBERSHIP_WITHDRAWN = "membership:withdrawn"
    PASSWORD_CHANGED = "password:changed"
    PASSWORD_RESET = "password:reset"
    PERSON_ADDED = "person:added"
    PERSON_CORRECTED = "person:corrected"
    PERSONS_DOUBTED_AGAIN = "person:doubted-again"
    PERSONS_MERGED = "person:merged"
    PERSONS_TOLD_APART = "person:told-apart"
    PERSON_WITHDRAWN = "person:withdrawn"
    ROLE_GRANTED = "role:granted"
    ROLE_REVOKED = "role:revoked"
    SIGNED_IN = "sign-in:created"
    SIGNED_OUT = "sign-in:ended"
    SIGN_IN_FAILED = "sign-in:failed"
    SIGN_IN_REVOKED = "sign-in:revoked"
    TEAM_AMENDED = "team:amended"
    TEAM_CORRECTED = "team:corrected"
    TEAM_DISSOLVED = "team:dissolved"
    TEAM_ESTABLISHED = "team:established"
    TEAM_MERGED = "team:merged"
    TEAM_REFORMED = "team:reformed"
    TEAM_REOPENED = "team:reopened"
    TEAM_WITHDRAWN = "team:withdrawn"
    TRAINING_CORRECTED = "training:corrected"
    TRAINING_DECLARED = "training:declared"
    TRAINING_VERIFIED = "training:verified"
    TRAINING_WITHDRAWN = "training:withdrawn"
    UNDONE = "reversible:undone"

    @property
    def label(self) -> LazyString:
        """The event in words."""
        return EVENT_LABELS[self]


EVENT_LABELS = {
    Event.ACCOUNT_CORRECTED: _l("Account corrected"),
    Event.ACCOUNT_CREATED: _l("Account created"),
    Event.ACCOUNT_DISABLED: _l("Account closed"),
    Event.ACCOUNT_LINKED: _l("Account given to the person"),
    Event.ACCOUNT_ENABLED: _l("Account opened again"),
    Event.ACTIVITY_APPROVED: _l("Session approved"),
    Event.ACTIVITY_CORRECTED: _l("Session corrected"),
    Event.ACTIVITY_DELETED: _l("Session deleted"),
    Event.ACTIVITY_LOGGED: _l("Session logged"),
    Event.ACTIVITY_RETURNED: _l("Session returned"),
    Event.ACTIVITY_SUBMITTED: _l("Session submitted"),
    Event.AREAS_LOADED: _l("Areas loaded"),
    Event.DECISION_CORRECTED: _l("Decision corrected"),
    Event.DECISION_ISSUED: _l("Decision put on file"),
    Event.HOUSEHOLDS_SET: _l("Households put on record"),
    Event.IMPORT_APPLIED: _l("File taken in"),
    Event.IMPORT_DELETED: _l("Uploaded file deleted"),
    Event.IMPORT_UPLOADED: _l("File uploaded"),
    Event.INDICATORS_LOADED: _l("Indicators loaded"),
    Event.LIST_EXPORTED: _l("List exported"),
    Event.MAP_DAY_SET: _l("Map day set"),
    Event.MEMBERSHIP_CORRECTED: _l("Membership corrected"),
    Event.MEMBERSHIP_ENDED: _l("Membership ended"),
    Event.MEMBERSHIP_WITHDRAWN: _l("Membership taken back"),
    Event.MEMBER_ADDED: _l("Member added"),
    Event.MEMBER_TRANSFERRED: _l("Member moved to another team"),
    Event.PASSWORD_CHANGED: _l("Password changed"),
    Event.PASSWORD_RESET: _l("One-time code issued"),
    Event.PERSONS_DOUBTED_AGAIN: _l("Told apart: taken back"),
    Event.PERSONS_MERGED: _l("On file twice: joined into one person"),
    Event.PERSONS_TOLD_APART: _l("Told apart: not the same person"),
    Event.PERSON_ADDED: _l("Person added"),
    Event.PERSON_CORRECTED: _l("Person corrected"),
    Event.PERSON_WITHDRAWN: _l("Person taken back"),
    Event.ROLE_CHANGED: _l("Role in the team changed"),
    Event.ROLE_GRANTED: _l("Role granted"),
    Event.ROLE_REVOKED: _l("Role revoked"),
    Event.SIGNED_IN: _l("Signed in"),
    Event.SIGNED_OUT: _l("Signed out"),
    Event.SIGN_IN_FAILED: _l("Sign-in failed"),
    Event.SIGN_IN_REVOKED: _l("Device signed out"),
    Event.TEAM_CORRECTED: _l("Team corrected"),
    Event.TEAM_DISSOLVED: _l("Team dissolved"),
    Event.TEAM_ESTABLISHED: _l("Team established"),
    Event.TEAM_MERGED: _l("Team merged"),
    Event.TEAM_AMENDED: _l("Team amended"),
    Event.TEAM_REFORMED: _l("Team re-formed"),
    Event.TEAM_REOPENED: _l("Team opened again"),
    Event.TEAM_WITHDRAWN: _l("Team taken back"),
    Event.TRAINING_CORRECTED: _l("Training corrected"),
    Event.TRAINING_DECLARED: _l("Training put on file"),
    Event.TRAINING_VERIFIED: _l("Training verified"),
    Event.TRAINING_WITHDRAWN: _l("Training taken back"),
    Event.UNDONE: _l("Undone"),
    Event.VILLAGES_MERGED: _l("Villages merged"),
    Event.VILLAGE_ADDED: _l("Village added"),
    Event.VILLAGE_CLOSED: _l("Village closed"),
    Event.VILLAGE_NAME_CORRECTED: _l("Name of the village corrected"),
    Event.VILLAGE_RENAMED: _l("Village renamed"),
}
