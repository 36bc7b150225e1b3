"""The states of a report, the steps on its way, and what it tells."""

from datetime import timedelta

from tcns.activities.vocabulary import ActivityForm, ActivityKind
from tcns.i18n import LabelledEnum
from tcns.i18n import lazy_gettext as _l


class ReportStatus(LabelledEnum):
    """How far a report has come."""

    DRAFT = "draft", _l("Draft report")
    SENT = "sent", _l("Sent, waits for an answer")
    RETURNED = "returned", _l("Returned")
    ACCEPTED = "accepted", _l("Accepted")


class StepKind(LabelledEnum):
    """What was done to a report."""

    SENT = "sent", _l("Sent")
    WITHDRAWN = "withdrawn", _l("Withdrawn")
    RETURNED = "returned", _l("Returned")
    ACCEPTED = "accepted", _l("Accepted")


# What stands still with whoever receives it: nobody changes its words meanwhile.
UNDER_WAY = (ReportStatus.SENT, ReportStatus.ACCEPTED)


class Reporter(LabelledEnum):
    """Who reports, from the bottom of the way up."""

    TEAM = "team", _l("Teams")
    COMMUNE = "commune", _l("Communes")
    PROVINCE = "province", _l("Province")

    @property
    def time_to_send(self) -> timedelta:
        """How long after the last day of a period its report is due."""
        return TIMES[self]


TIMES = dict(zip(Reporter, map(timedelta, (3, 6, 11)), strict=True))


class Heading(LabelledEnum):
    """The parts that the figures of a report stand under."""

    ORGANISATION = "organisation", _l("Organisation")
    ACTIVITY = "activity", _l("Sessions and people reached")
    KINDS = "kinds", _l("Sessions by kind and form")
    RESULTS = "results", _l("Results by indicator")


# The measures of coverage that a report tells; those of indicators follow the catalogue.
MEASURES = {
    Heading.ORGANISATION: (
        "commune_count",
        "commune_team_count",
        "village_count",
        "village_team_count",
        "team_count",
        "leaderless_team_count",
        "membership_count",
        "person_count",
        "trained_person_count",
        "known_household_count",
    ),
    Heading.ACTIVITY: (
        "activity_count",
        "approved_activity_count",
        "pending_activity_count",
        "participant_count",
        "household_count",
        "new_household_count",
        "active_team_count",
        "silent_team_count",
    ),
    Heading.KINDS: tuple(f"{word.value}_activity_count" for word in (*ActivityKind, *ActivityForm)),
}
# What only a province has many of, and what a team is no part of.
OF_THE_PROVINCE = ("commune_count", "commune_team_count")
OF_AREAS = (*OF_THE_PROVINCE, "village_count", "village_team_count", "known_household_count")
# What stands on a day has no sum over the year.
STANDING = (*MEASURES[Heading.ORGANISATION], "active_team_count", "silent_team_count")
# The columns of the table of parts.
COLUMNS = (
    "village_count",
    "village_team_count",
    "team_count",
    "membership_count",
    "active_team_count",
    "activity_count",
    "participant_count",
    "household_count",
    "new_household_count",
    "known_household_count",
)
