"""What is open, and in which unit it is counted."""

from tcns.areas.vocabulary import Level
from tcns.i18n import lazy_gettext as _l

# Villages are not offered: a few people there are known by everybody.
LEVELS = (Level.COMMUNE, Level.DISTRICT)
# The measures of coverage's list that are open, in its order, and what they count.
UNITS = {
    "commune_count": _l("communes"),
    "commune_team_count": _l("communes"),
    "village_count": _l("villages"),
    "village_team_count": _l("villages"),
    "team_count": _l("teams"),
    "membership_count": _l("memberships"),
    "approved_activity_count": _l("sessions"),
    "approved_participant_count": _l("participants"),
    "approved_household_count": _l("households"),
}
# Those of them that count people; results of sessions do so as well.
OF_PEOPLE = ("membership_count", "approved_participant_count", "approved_household_count")
