"""The closed list of events that can be on record."""

from flask_babel.speaklater import LazyString

from tcns.i18n import LabelledEnum
from tcns.i18n import lazy_gettext as _l


class Event(LabelledEnum):
    """What happened, as `object:verb`, in alphabetical order of these."""

    ACCOUNT_CORRECTED = "account:corrected", _l("Account corrected")
    ACCOUNT_CREATED = "account:created", _l("Account created")
    ACCOUNT_DISABLED = "account:disabled", _l("Account closed")
    ACCOUNT_LINKED = "account:linked", _l("Account given to the person")
    ACCOUNT_ENABLED = "account:enabled", _l("Account opened again")
    ACTIVITY_APPROVED = "activity:approved", _l("Session approved")
    ACTIVITY_CORRECTED = "activity:corrected", _l("Session corrected")
    ACTIVITY_DELETED = "activity:deleted", _l("Session deleted")
    ACTIVITY_LOGGED = "activity:logged", _l("Session logged")
    ACTIVITY_RETURNED = "activity:returned", _l("Session returned")
    ACTIVITY_SUBMITTED = "activity:submitted", _l("Session submitted")
    VILLAGE_ADDED = "area:added", _l("Village added")
    VILLAGE_CLOSED = "area:closed", _l("Village closed")
    VILLAGE_NAME_CORRECTED = "area:corrected", _l("Name of the village corrected")
    HOUSEHOLDS_SET = "area:households-set", _l("Number of households recorded")
    AREAS_LOADED = "area:loaded", _l("Areas loaded")
    VILLAGES_MERGED = "area:merged", _l("Villages merged")
    VILLAGE_RENAMED = "area:renamed", _l("Village renamed")
    STATISTICS_SET = "area:statistics-set", _l("Statistics of the village recorded")
    DECISION_CORRECTED = "decision:corrected", _l("Decision corrected")
    DECISION_ISSUED = "decision:issued", _l("Decision added")
    MAP_DAY_SET = "deployment:map-day-set", _l("Map day set")
    IMPORT_APPLIED = "import:applied", _l("File imported")
    IMPORT_DELETED = "import:deleted", _l("Uploaded file deleted")
    IMPORT_UPLOADED = "import:uploaded", _l("File uploaded")
    INDICATORS_LOADED = "indicator:loaded", _l("Indicators loaded")
    LIST_EXPORTED = "list:exported", _l("List exported")
    LIST_REFUSED = "list:refused", _l("List not exported: limit of the day")
    MEMBER_ADDED = "membership:added", _l("Member added")
    MEMBERSHIP_CORRECTED = "membership:corrected", _l("Membership corrected")
    MEMBERSHIP_ENDED = "membership:ended", _l("Membership ended")
    ROLE_CHANGED = "membership:role-changed", _l("Role in the team changed")
    MEMBER_TRANSFERRED = "membership:transferred", _l("Member moved to another team")
    MEMBERSHIP_WITHDRAWN = "membership:withdrawn", _l("Membership removed")
    PASSWORD_CHANGED = "password:changed", _l("Password changed")
    PASSWORD_RESET = "password:reset", _l("One-time code issued")
    PERSON_ADDED = "person:added", _l("Person added")
    PERSON_CORRECTED = "person:corrected", _l("Person corrected")
    PERSONS_DOUBTED_AGAIN = "person:doubted-again", _l("Told apart: revoked")
    PERSON_HANDED_OVER = "person:handed-over", _l("Person's data handed over to another commune")
    PERSONS_MERGED = "person:merged", _l("On file twice: joined into one person")
    PERSONS_TOLD_APART = "person:told-apart", _l("Told apart: not the same person")
    PERSON_WITHDRAWN = "person:withdrawn", _l("Person removed")
    ROLE_GRANTED = "role:granted", _l("Role granted")
    ROLE_REVOKED = "role:revoked", _l("Role revoked")
    SIGNED_IN = "sign-in:created", _l("Signed in")
    SIGNED_OUT = "sign-in:ended", _l("Signed out")
    SIGN_IN_FAILED = "sign-in:failed", _l("Sign-in failed")
    SIGN_IN_REVOKED = "sign-in:revoked", _l("Device signed out")
    TEAM_AMENDED = "team:amended", _l("Team amended")
    TEAM_CORRECTED = "team:corrected", _l("Team corrected")
    TEAM_DISSOLVED = "team:dissolved", _l("Team dissolved")
    TEAM_ESTABLISHED = "team:established", _l("Team established")
    TEAM_MERGED = "team:merged", _l("Team merged")
    TEAM_REFORMED = "team:reformed", _l("Team re-formed")
    TEAM_REOPENED = "team:reopened", _l("Team opened again")
    TEAM_WITHDRAWN = "team:withdrawn", _l("Team removed")
    TRAINING_CORRECTED = "training:corrected", _l("Training corrected")
    TRAINING_DECLARED = "training:declared", _l("Training added")
    TRAINING_VERIFIED = "training:verified", _l("Training verified")
    TRAINING_WITHDRAWN = "training:withdrawn", _l("Training removed")
    UNDONE = "reversible:undone", _l("Undone")

    @property
    def actor_without_account(self) -> LazyString:
        """Who caused it where no account did: signing in failed, or a command ran."""
        return _l("not signed in") if self is Event.SIGN_IN_FAILED else _l("the system")
