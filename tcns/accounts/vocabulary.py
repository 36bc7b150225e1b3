"""The states of an account, and which role fits an area of which level."""

from enum import StrEnum

from flask_babel.speaklater import LazyString

from tcns.areas.vocabulary import Level
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


class State(StrEnum):
    """Whether an account can be used."""

    IN_USE = "in_use"
    WAITING = "waiting"
    CLOSED = "closed"

    @property
    def label(self) -> LazyString:
        """The state in words."""
        return STATE_LABELS[self]

    @property
    def tone(self) -> str:
        """How the state is coloured."""
        return STATE_TONES[self]


STATE_LABELS = {
    State.IN_USE: _l("In use"),
    State.WAITING: _l("No password yet"),
    State.CLOSED: _l("No longer in use"),
}
STATE_TONES = {State.IN_USE: "good", State.WAITING: "warning", State.CLOSED: "neutral"}
