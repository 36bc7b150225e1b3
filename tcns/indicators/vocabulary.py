"""The closed lists of what indicators count: how far, of what, and which way is better."""

from typing import NamedTuple

from tcns.i18n import LabelledEnum
from tcns.i18n import lazy_gettext as _l


class Stage(LabelledEnum):
    """How far it came: people were guided in something, or it was done; never added up."""

    GUIDED = "guided", _l("Guided")
    DONE = "done", _l("Done")


class Direction(LabelledEnum):
    """Which way is better."""

    MORE = "more", _l("More is better")
    LESS = "less", _l("Less is better")


class Words(NamedTuple):
    """What is counted, in both languages, as it stands behind a figure."""

    vi: str
    en: str


class Unit(LabelledEnum):
    """What is counted; amounts of different units are never added up."""

    PERSON = "person", _l("Person")
    HOUSEHOLD = "household", _l("Household")
    TURN = "turn", _l("Turn")
    ACCOUNT = "account", _l("Account")

    @property
    def words(self) -> Words:
        """The unit as an indicator keeps it."""
        return UNIT_WORDS[self]


UNIT_WORDS = {
    Unit.PERSON: Words("người", "people"),
    Unit.HOUSEHOLD: Words("hộ", "households"),
    Unit.TURN: Words("lượt", "turns"),
    Unit.ACCOUNT: Words("tài khoản", "accounts"),
}
