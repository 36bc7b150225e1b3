"""The measures of coverage in one list, beside those of indicators (tcns/coverage/catalogue.py): to
add a measure, add a line to MEASURES."""

from collections.abc import Iterator
from typing import Any

from flask_babel.speaklater import LazyString
from sqlalchemy import func

from tcns.activities.models import Activity
from tcns.activities.vocabulary import ActivityForm, ActivityKind, Status
from tcns.areas.models import AreaHouseholds
from tcns.areas.vocabulary import Level
from tcns.counting import SESSIONS_OF_A_SORT, SESSIONS_THAT_COUNT
from tcns.coverage.expressions import (
    active_teams,
    activities_where,
    areas_of,
    areas_with_team,
    new_households_where_known,
    persons_of_known_sex,
    silent_teams,
    teams_outside_size,
    teams_without_leader,
    total,
    total_where,
    trained_persons,
    women,
)
from tcns.coverage.measure import Measure
from tcns.coverage.village_measures import VILLAGE_MEASURES
from tcns.coverage.vocabulary import Group, Source
from tcns.i18n import LabelledEnum
from tcns.i18n import lazy_gettext as _l
from tcns.teams.models import Membership, Team

Fields = dict[str, Any]  # what measures of the same records have in common
AREAS: Fields = {"group": Group.ORGANISATION, "source": Source.AREAS, "listing": "areas"}
HOUSEHOLDS = AREAS | {"source": Source.HOUSEHOLDS}
TEAMS: Fields = {"group": Group.ORGANISATION, "source": Source.TEAMS, "listing": "teams"}
MEMBERS: Fields = {"group": Group.MEMBERS, "source": Source.MEMBERSHIPS, "listing": "memberships"}
PERSONS = MEMBERS | {"listing": "persons", "additive": False}
SESSIONS: Fields = {"group": Group.ACTIVITY, "source": Source.ACTIVITIES, "listing": "activities"}
COUNTED = {"status": "counted"}
FEWER: Fields = {"fewer_is_better": True}
KNOWN = {"level": "village", "households": "known"}


def _sessions_of(word: LabelledEnum, column: str) -> Measure:
    """How many counted sessions are of a kind or a form."""
    return Measure(
        key=f"{word.value}_activity_count",
        label=_l("Sessions: %(kind)s", kind=word.label),
        expression=activities_where(**{column: word.value}),
        rule=SESSIONS_OF_A_SORT,
        filters={**COUNTED, column: word.value},
        **SESSIONS,
    )


def _by_status(figure: str, label: LazyString, column: Any) -> Iterator[Measure]:
    """A figure of sessions by how far they have come: approved, or to be approved still."""
    for name, status in (("approved", Status.APPROVED), ("pending", Status.SUBMITTED)):
        yield Measure(
            key=f"{name}_{figure}",
            label=_l("%(figure)s: %(status)s", figure=label, status=status.label),
            expression=total_where(column, status=status.value),
            rule=_l("Of the sessions of this status held in the period."),
            filters={"status": status.value},
            fewer_is_better=status is Status.SUBMITTED,
            **SESSIONS | ({"source": Source.PENDING} if name == "pending" else {}),
        )


MEASURES = (
    Measure(
        key="commune_count",
        label=_l("Communes"),
        expression=areas_of(Level.COMMUNE),
        rule=_l("Communes that exist on the day of the map."),
        filters={"level": "commune"},
        is_usual=True,
        **AREAS,
    ),
    Measure(
        key="commune_team_count",
        label=_l("Communes with a team"),
        expression=areas_with_team(Level.COMMUNE),
        rule=_l("Communes with at least one commune-level team on the day."),
        filters={"level": "commune", "team": "with"},
        share_of="commune_count",
        is_usual=True,
        **TEAMS | {"listing": "areas"},
    ),
    Measure(
        key="village_count",
        label=_l("Villages"),
        expression=areas_of(Level.VILLAGE),
        rule=_l("Villages that exist on the day of the map."),
        filters={"level": "village"},
        is_usual=True,
        **AREAS,
    ),
    Measure(
        key="village_team_count",
        label=_l("Villages with a team"),
        expression=areas_with_team(Level.VILLAGE),
        rule=_l("Villages with at least one team of their own on the day."),
        filters={"level": "village", "team": "with"},
        share_of="village_count",
        is_usual=True,
        **TEAMS | {"listing": "areas"},
    ),
    Measure(
        key="team_count",
        label=_l("Teams"),
        expression=func.count(Team.id),
        rule=_l("Teams that exist on the day."),
        is_usual=True,
        **TEAMS,
    ),
    Measure(
        key="leaderless_team_count",
        label=_l("Teams without a leader"),
        expression=teams_without_leader(),
        rule=_l("Teams that exist on the day and that nobody leads."),
        filters={"leader": "without"},
        share_of="team_count",
        **TEAMS | FEWER,
    ),
    Measure(
        key="outside_size_team_count",
        label=_l("Teams outside the expected size"),
        expression=teams_outside_size(),
        rule=_l("Teams with fewer or more members on the day than the province expects."),
        filters={"members": "outside"},
        share_of="team_count",
        **TEAMS | FEWER,
    ),
    Measure(
        key="known_village_count",
        label=_l("Villages with a known number of households"),
        expression=func.count(AreaHouseholds.id),
        rule=_l("Villages of the map whose number of households is on record by the last day."),
        filters=KNOWN,
        share_of="village_count",
        **HOUSEHOLDS,
    ),
    Measure(
        key="known_household_count",
        label=_l("Households on record"),
        expression=total(AreaHouseholds.household_count),
        rule=_l("Households of these villages, by the last number put on record."),
        filters=KNOWN,
        **HOUSEHOLDS,
    ),
    Measure(
        key="membership_count",
        label=_l("Memberships"),
        expression=func.count(Membership.id),
        rule=_l("Memberships on the day; who is in two teams counts twice."),
        is_usual=True,
        **MEMBERS,
    ),
    Measure(
        key="person_count",
        label=_l("Persons"),
        expression=func.count(Membership.person_id.distinct()),
        rule=_l("Persons with a membership on the day, each counted once."),
        is_usual=True,
        **PERSONS,
    ),
    Measure(
        key="known_sex_count",
        label=_l("Persons whose sex is recorded"),
        expression=persons_of_known_sex(),
        rule=_l("Persons with a membership on the day whose sex is recorded, each counted once."),
        filters={"sex": "recorded"},
        share_of="person_count",
        **PERSONS,
    ),
    Measure(
        key="woman_count",
        label=_l("Women"),
        expression=women(),
        rule=_l("Women with a membership on the day, of those whose sex is recorded."),
        filters={"sex": "female"},
        share_of="known_sex_count",
        rests_on=("known_sex_count", "person_count"),
        **PERSONS,
    ),
    Measure(
        key="trained_person_count",
        label=_l("Persons trained"),
        expression=trained_persons(),
        rule=_l(
            "Persons with a membership on the day who had finished a course by then, verified or"
            " self-declared; each counted once."
        ),
        filters={"training": "with"},
        share_of="person_count",
        **PERSONS,
    ),
    Measure(
        key="activity_count",
        label=_l("Sessions"),
        expression=func.count(Activity.id),
        rule=SESSIONS_THAT_COUNT,
        filters=COUNTED,
        is_usual=True,
        **SESSIONS,
    ),
    Measure(
        key="participant_count",
        label=_l("Participants"),
        expression=total(Activity.participant_count),
        rule=_l("Participants of these sessions; who came twice counts twice."),
        filters=COUNTED,
        is_usual=True,
        **SESSIONS,
    ),
    Measure(
        key="household_count",
        label=_l("Households reached"),
        expression=total(Activity.household_count),
        rule=_l("Households reached by these sessions."),
        filters=COUNTED,
        is_usual=True,
        **SESSIONS,
    ),
    Measure(
        key="active_team_count",
        label=_l("Active teams"),
        expression=active_teams(),
        rule=_l("Teams that exist on the day and held at least one counted session in the period."),
        filters={"activity": "active"},
        share_of="team_count",
        is_usual=True,
        **SESSIONS | {"listing": "teams"},
    ),
    Measure(
        key="silent_team_count",
        label=_l("Silent teams"),
        expression=silent_teams(),
        rule=_l("Teams that exist on the day and held no counted session in the period."),
        filters={"activity": "silent"},
        share_of="team_count",
        **SESSIONS | FEWER | {"listing": "teams"},
    ),
    *_by_status("activity_count", _l("Sessions"), 1),
    *_by_status("participant_count", _l("Participants"), Activity.participant_count),
    *_by_status("household_count", _l("Households reached"), Activity.household_count),
    *(_sessions_of(kind, "kind") for kind in ActivityKind),
    *(_sessions_of(form, "form") for form in ActivityForm),
    Measure(
        key="new_household_count",
        label=_l("New households"),
        expression=total(Activity.new_household_count),
        rule=_l("Households that these sessions reached for the first time in the year."),
        filters=COUNTED,
        **SESSIONS,
    ),
    Measure(
        key="known_new_household_count",
        label=_l("New households where the number is known"),
        expression=new_households_where_known(),
        rule=_l("New households in villages whose number of households is known."),
        filters={**COUNTED, "households": "known"},
        **SESSIONS,
    ),
    Measure(
        key="household_share",
        label=_l("Share of households reached"),
        group=Group.ACTIVITY,
        ratio=("known_new_household_count", "known_household_count"),
        is_share=True,
        rests_on=("known_village_count", "village_count"),
        rule=_l(
            "New households in villages whose number of households is known, of the households"
            " of these villages."
        ),
    ),
    Measure(
        key="activities_per_team",
        label=_l("Sessions per team"),
        group=Group.ACTIVITY,
        ratio=("activity_count", "team_count"),
        rule=_l("Sessions of the period to a team of the day."),
    ),
    Measure(
        key="members_per_team",
        label=_l("Members per team"),
        group=Group.MEMBERS,
        ratio=("membership_count", "team_count"),
        rule=_l("Memberships to a team, both on the day."),
        is_usual=True,
    ),
    *VILLAGE_MEASURES,
)
