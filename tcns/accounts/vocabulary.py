"""The states of an account, and which role fits an area of which level."""

from tcns.areas.vocabulary import Level
from tcns.i18n import LabelledEnum
from tcns.i18n import lazy_gettext as _l
from tcns.permissions.vocabulary import Role

# Over which areas a role is granted. The other roles follow from a membership in a team.
ROLE_LEVELS: dict[Role, frozenset[Level]] = {
    Role.PROVINCE_ADMINISTRATOR: frozenset({Level.PROVINCE}),
    Role.PROVINCE_REVIEWER: frozenset({Level.PROVINCE}),
    Role.AUDITOR: frozenset({Level.PROVINCE}),
    Role.DISTRICT_REVIEWER: frozenset({Level.DISTRICT, Level.COMMUNE}),
    Role.COMMUNE_OFFICIAL: frozenset({Level.COMMUNE}),
}
# The levels an account can belong to: a village is administered by its commune.
HOME_LEVELS = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)


class State(LabelledEnum):
    """Whether an account can be used."""

    IN_USE = "in_use", _l("In use")
    WAITING = "waiting", _l("No password yet")
    CLOSED = "closed", _l("No longer in use")

    @property
    def tone(self) -> str:
        """How the state is coloured."""
        return STATE_TONES[self]


STATE_TONES = {State.IN_USE: "good", State.WAITING: "warning", State.CLOSED: "neutral"}
