"""The closed lists of permissions and roles, and the one table that joins them."""

from enum import StrEnum

from tcns.i18n import LabelledEnum
from tcns.i18n import lazy_gettext as _l


class Permission(StrEnum):
    """What may be done, as `resource:action`, in alphabetical order."""

    ACCOUNT_READ = "account:read"
    ACCOUNT_WRITE = "account:write"
    ACTIVITY_CORRECT = "activity:correct"
    ACTIVITY_READ = "activity:read"
    ACTIVITY_REVIEW = "activity:review"
    ACTIVITY_WRITE = "activity:write"
    AREA_READ = "area:read"
    AREA_WRITE = "area:write"
    AUDIT_READ = "audit:read"
    COVERAGE_READ = "coverage:read"
    INDICATOR_READ = "indicator:read"
    INDICATOR_WRITE = "indicator:write"
    LEADER_PHONE_READ = "leader-phone:read"
    PERIOD_CLOSE = "period:close"
    PERIOD_READ = "period:read"
    PERSON_EXPORT = "person:export"
    PERSON_READ = "person:read"
    PERSON_WRITE = "person:write"
    PHONE_READ = "phone:read"
    PLAN_READ = "plan:read"
    PLAN_WRITE = "plan:write"
    REPORT_READ = "report:read"
    REPORT_REVIEW = "report:review"
    REPORT_WRITE = "report:write"
    ROLE_GRANT = "role:grant"
    TEAM_READ = "team:read"
    TEAM_WRITE = "team:write"

    @property
    def reading(self) -> "Permission":
        """The permission that lets one see what this one changes; roles are part of accounts."""
        if self is Permission.ROLE_GRANT:
            return Permission.ACCOUNT_READ
        return Permission(f"{self.value.partition(':')[0]}:read")


class Role(LabelledEnum):
    """Who somebody is. The first five are granted over an area; the last two follow from a
    membership in a team and end with it."""

    PROVINCE_ADMINISTRATOR = "province_administrator", _l("Province administrator")
    PROVINCE_REVIEWER = "province_reviewer", _l("Province reviewer")
    DISTRICT_REVIEWER = "district_reviewer", _l("District reviewer")
    COMMUNE_OFFICIAL = "commune_official", _l("Commune official")
    AUDITOR = "auditor", _l("Auditor")
    TEAM_LEADER = "team_leader", _l("Team leader")
    MEMBER = "member", _l("Team member")


_READ_RECORDS = frozenset(
    {
        Permission.AREA_READ,
        Permission.TEAM_READ,
        Permission.PERSON_READ,
        Permission.ACTIVITY_READ,
    }
)
_REVIEW = _READ_RECORDS | {
    Permission.COVERAGE_READ,
    Permission.PERIOD_READ,
    Permission.PLAN_READ,
    Permission.REPORT_READ,
}
# Whoever reviews or supports a team rings up its leader.
_REVIEWER = _REVIEW | {Permission.LEADER_PHONE_READ}
# Members know each other's phones, and so does their official.
_READ_OWN_TEAM = _READ_RECORDS | {Permission.PHONE_READ, Permission.REPORT_READ}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.PROVINCE_ADMINISTRATOR: _REVIEWER
    | {
        Permission.ACCOUNT_READ,
        Permission.ACCOUNT_WRITE,
        Permission.AREA_WRITE,
        Permission.AUDIT_READ,
        Permission.PERIOD_CLOSE,
        Permission.INDICATOR_READ,
        Permission.INDICATOR_WRITE,
        Permission.PERSON_EXPORT,
        Permission.PERSON_WRITE,
        Permission.PHONE_READ,
        Permission.PLAN_WRITE,
        Permission.REPORT_REVIEW,
        Permission.REPORT_WRITE,
        Permission.ROLE_GRANT,
        Permission.TEAM_WRITE,
    },
    Role.PROVINCE_REVIEWER: _REVIEWER
    | {
        Permission.INDICATOR_READ,
        Permission.PERIOD_CLOSE,
        Permission.REPORT_REVIEW,
        Permission.REPORT_WRITE,
    },
    Role.DISTRICT_REVIEWER: _REVIEWER,
    Role.COMMUNE_OFFICIAL: _REVIEWER
    | {
        Permission.ACCOUNT_READ,
        Permission.ACCOUNT_WRITE,
        Permission.ACTIVITY_CORRECT,
        Permission.ACTIVITY_REVIEW,
        Permission.ACTIVITY_WRITE,
        Permission.AREA_WRITE,
        Permission.PERIOD_CLOSE,
        Permission.PERSON_EXPORT,
        Permission.PERSON_WRITE,
        Permission.PHONE_READ,
        Permission.REPORT_REVIEW,
        Permission.REPORT_WRITE,
        Permission.TEAM_WRITE,
    },
    Role.AUDITOR: _REVIEW
    | {Permission.AUDIT_READ, Permission.ACCOUNT_READ, Permission.INDICATOR_READ},
    # A leader keeps the list of the own team on paper; it holds no more than its page shows them.
    Role.TEAM_LEADER: _READ_OWN_TEAM
    | {
        Permission.ACTIVITY_CORRECT,
        Permission.ACTIVITY_WRITE,
        Permission.PERSON_EXPORT,
        Permission.REPORT_WRITE,
    },
    Role.MEMBER: _READ_OWN_TEAM | {Permission.ACTIVITY_WRITE},
}
