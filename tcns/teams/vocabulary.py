"""The roles in a team, what bodies members come from, and what a decision does."""

from tcns.i18n import LabelledEnum
from tcns.i18n import lazy_gettext as _l


class MemberRole(LabelledEnum):
    """What somebody is in a team; a team has one leader at a time."""

    LEADER = "leader", _l("Leader")
    DEPUTY = "deputy", _l("Deputy leader")
    MEMBER = "member", _l("Member")


class Holders(LabelledEnum):
    """For whom accounts are prepared in bulk."""

    LEADERS = "leaders", _l("Leaders of teams")
    MEMBERS = "members", _l("All members of teams")


class Sex(LabelledEnum):
    """Whether a member is a woman or a man, where that is on record."""

    FEMALE = "female", _l("Female")
    MALE = "male", _l("Male")


class Body(LabelledEnum):
    """The body a member represents in the team (thành phần)."""

    COMMUNE_STAFF = "commune_staff", _l("Commune official or staff")
    VILLAGE_HEAD = "village_head", _l("Head of the village")
    PARTY_CELL = "party_cell", _l("Party cell secretary")
    POLICE = "police", _l("Local police")
    YOUTH_UNION = "youth_union", _l("Youth Union")
    WOMENS_UNION = "womens_union", _l("Women's Union")
    FARMERS_UNION = "farmers_union", _l("Farmers' Union")
    FATHERLAND_FRONT = "fatherland_front", _l("Fatherland Front")
    VETERANS = "veterans", _l("Veterans' Association")
    TEACHERS = "teachers", _l("Teacher")
    HEALTH = "health", _l("Health worker")
    COMPANY = "company", _l("Telecom or IT company")
    RESIDENT = "resident", _l("Resident")


class Purpose(LabelledEnum):
    """What a decision does to a team."""

    ESTABLISH = "establish", _l("Establishment")
    AMEND = "amend", _l("Amendment")
    REFORM = "reform", _l("Re-formation")
    MERGE = "merge", _l("Merger")
    DISSOLVE = "dissolve", _l("Dissolution")


class EndReason(LabelledEnum):
    """Why a membership ended."""

    LEFT = "left", _l("Left")
    ROLE_CHANGED = "role_changed", _l("Other role")
    TRANSFERRED = "transferred", _l("Moved to another team")
    REFORMED = "reformed", _l("Team re-formed")
    MERGED = "merged", _l("Team merged")
    DISSOLVED = "dissolved", _l("Team dissolved")


# Where members usually take courses; any other name may be written as well.
PLATFORMS = ("Bình dân học vụ số", "MOOC", "onetouch.mic.gov.vn")


class Happening(LabelledEnum):
    """What can happen in the life of a team, in the order in which one day tells it."""

    DISSOLVED = "dissolved", _l("Last day of the team")
    MERGED = "merged", _l("Merged into another team")
    TOOK_IN = "took_in", _l("Another team merged into it")
    AMENDED = "amended", _l("Team amended")
    REFORMED = "reformed", _l("Team re-formed")
    LEADER_CHANGED = "leader_changed", _l("Change of leader")
    LEFT = "left", _l("Left")
    MOVED_AWAY = "moved_away", _l("Moved to another team")
    ROLE_CHANGED = "role_changed", _l("Other role")
    JOINED = "joined", _l("Joined")
    SESSIONS = "sessions", _l("Sessions")
    ESTABLISHED = "established", _l("Team established")


class TeamStatus(LabelledEnum):
    """Which teams a list shows: whether they exist on its day."""

    ACTIVE = "active", _l("In existence")
    DISSOLVED = "dissolved", _l("Dissolved")
    ALL = "all", _l("All")


class Led(LabelledEnum):
    """Whether somebody leads a team."""

    WITH = "with", _l("With a leader")
    WITHOUT = "without", _l("Without a leader")


class SizeFound(LabelledEnum):
    """How the number of a team's members lies to what the province expects."""

    OUTSIDE = "outside", _l("Outside the expected size")
    SMALL = "small", _l("Fewer than expected")
    LARGE = "large", _l("More than expected")


class SexShown(LabelledEnum):
    """Whose memberships a list shows, by sex; or of whom it is recorded, or is not."""

    FEMALE = "female", Sex.FEMALE.label
    MALE = "male", Sex.MALE.label
    RECORDED = "recorded", _l("Recorded")
    UNKNOWN = "unknown", _l("Not recorded")


class Trained(LabelledEnum):
    """Whether somebody has finished a course."""

    WITH = "with", _l("Trained")
    WITHOUT = "without", _l("Not trained yet")


class Participation(LabelledEnum):
    """How far somebody took part in a course."""

    ENROLLED = "enrolled", _l("Enrolled")
    COMPLETED = "completed", _l("Completed")


class Activeness(LabelledEnum):
    """Whether a team held at least one counted session in a period."""

    ACTIVE = "active", _l("Held sessions")
    SILENT = "silent", _l("Held none")
