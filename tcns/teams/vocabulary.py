"""The roles in a team, what bodies members come from, and what a decision does."""

from enum import StrEnum

from flask_babel.speaklater import LazyString

from tcns.i18n import lazy_gettext as _l


class MemberRole(StrEnum):
    """What somebody is in a team; a team has one leader at a time."""

    LEADER = "leader"
    DEPUTY = "deputy"
    MEMBER = "member"

    @property
    def label(self) -> LazyString:
        """The role's name on pages."""
        return MEMBER_ROLE_LABELS[self]


MEMBER_ROLE_LABELS = {
    MemberRole.LEADER: _l("Leader"),
    MemberRole.DEPUTY: _l("Deputy leader"),
    MemberRole.MEMBER: _l("Member"),
}


class Holders(StrEnum):
    """For whom accounts are prepared in bulk."""

    LEADERS = "leaders"
    MEMBERS = "members"

    @property
    def label(self) -> LazyString:
        """Those, in words."""
        return HOLDERS_LABELS[self]


HOLDERS_LABELS = {
    Holders.LEADERS: _l("Leaders of teams"),
    Holders.MEMBERS: _l("All members of teams"),
}


class Body(StrEnum):
    """The body a member represents in the team (thành phần)."""

    COMMUNE_STAFF = "commune_staff"
    VILLAGE_HEAD = "village_head"
    PARTY_CELL = "party_cell"
    POLICE = "police"
    YOUTH_UNION = "youth_union"
    WOMENS_UNION = "womens_union"
    FARMERS_UNION = "farmers_union"
    FATHERLAND_FRONT = "fatherland_front"
    VETERANS = "veterans"
    TEACHERS = "teachers"
    HEALTH = "health"
    COMPANY = "company"
    RESIDENT = "resident"

    @property
    def label(self) -> LazyString:
        """The body's name on pages."""
        return BODY_LABELS[self]


BODY_LABELS = {
    Body.COMMUNE_STAFF: _l("Commune official or staff"),
    Body.VILLAGE_HEAD: _l("Head of the village"),
    Body.PARTY_CELL: _l("Party cell secretary"),
    Body.POLICE: _l("Local police"),
    Body.YOUTH_UNION: _l("Youth Union"),
    Body.WOMENS_UNION: _l("Women's Union"),
    Body.FARMERS_UNION: _l("Farmers' Union"),
    Body.FATHERLAND_FRONT: _l("Fatherland Front"),
    Body.VETERANS: _l("Veterans' Association"),
    Body.TEACHERS: _l("Teacher"),
    Body.HEALTH: _l("Health worker"),
    Body.COMPANY: _l("Telecom or IT company"),
    Body.RESIDENT: _l("Resident"),
}


class Purpose(StrEnum):
    """What a decision does to a team."""

    ESTABLISH = "establish"
    AMEND = "amend"
    REFORM = "reform"
    MERGE = "merge"
    DISSOLVE = "dissolve"

    @property
    def label(self) -> LazyString:
        """The purpose in words."""
        return PURPOSE_LABELS[self]


PURPOSE_LABELS = {
    Purpose.ESTABLISH: _l("Establishment"),
    Purpose.AMEND: _l("Amendment"),
    Purpose.REFORM: _l("Re-formation"),
    Purpose.MERGE: _l("Merger"),
    Purpose.DISSOLVE: _l("Dissolution"),
}


class EndReason(StrEnum):
    """Why a membership ended."""

    LEFT = "left"
    ROLE_CHANGED = "role_changed"
    TRANSFERRED = "transferred"
    REFORMED = "reformed"
    MERGED = "merged"
    DISSOLVED = "dissolved"

    @property
    def label(self) -> LazyString:
        """The reason in words."""
        return END_REASON_LABELS[self]


END_REASON_LABELS = {
    EndReason.LEFT: _l("Left"),
    EndReason.ROLE_CHANGED: _l("Other role"),
    EndReason.TRANSFERRED: _l("Moved to another team"),
    EndReason.REFORMED: _l("Team re-formed"),
    EndReason.MERGED: _l("Team merged"),
    EndReason.DISSOLVED: _l("Team dissolved"),
}


# Where members usually take courses; any other name may be written as well.
PLATFORMS = ("Bình dân học vụ số", "MOOC", "onetouch.mic.gov.vn")


class Happening(StrEnum):
    """What can happen in the life of a team, in the order in which one day tells it."""

    DISSOLVED = "dissolved"
    MERGED = "merged"
    TOOK_IN = "took_in"
    AMENDED = "amended"
    REFORMED = "reformed"
    LEADER_CHANGED = "leader_changed"
    LEFT = "left"
    MOVED_AWAY = "moved_away"
    ROLE_CHANGED = "role_changed"
    JOINED = "joined"
    SESSIONS = "sessions"
    ESTABLISHED = "established"

    @property
    def label(self) -> LazyString:
        """What happened, in words."""
        return HAPPENING_LABELS[self]


HAPPENING_LABELS = {
    Happening.DISSOLVED: _l("Last day of the team"),
    Happening.MERGED: _l("Merged into another team"),
    Happening.TOOK_IN: _l("Another team merged into it"),
    Happening.AMENDED: _l("Team amended"),
    Happening.REFORMED: _l("Team re-formed"),
    Happening.LEADER_CHANGED: _l("Change of leader"),
    Happening.LEFT: _l("Left"),
    Happening.MOVED_AWAY: _l("Moved to another team"),
    Happening.ROLE_CHANGED: _l("Other role"),
    Happening.JOINED: _l("Joined"),
    Happening.SESSIONS: _l("Sessions"),
    Happening.ESTABLISHED: _l("Team established"),
}


class TeamStatus(StrEnum):
    """Which teams a list shows: whether they exist on its day."""

    ACTIVE = "active"
    DISSOLVED = "dissolved"
    ALL = "all"

    @property
    def label(self) -> LazyString:
        """The status in words."""
        return TEAM_STATUS_LABELS[self]


TEAM_STATUS_LABELS = {
    TeamStatus.ACTIVE: _l("In existence"),
    TeamStatus.DISSOLVED: _l("Dissolved"),
    TeamStatus.ALL: _l("All"),
}


class Activeness(StrEnum):
    """Whether a team held at least one counted session in a period."""

    ACTIVE = "active"
    SILENT = "silent"

    @property
    def label(self) -> LazyString:
        """The activeness in words."""
        return ACTIVENESS_LABELS[self]


ACTIVENESS_LABELS = {
    Activeness.ACTIVE: _l("Held sessions"),
    Activeness.SILENT: _l("Held none"),
}
