"""Why two persons are suspected to be one, and which pairs a list shows."""

from tcns.i18n import LabelledEnum
from tcns.i18n import lazy_gettext as _l


class Reason(LabelledEnum):
    """Why two persons may be one, the surest first."""

    NAME_AND_PHONE = "name-and-phone", _l("Same name and phone")
    NAME_AND_YEAR = "name-and-year", _l("Same name, year of birth and commune")
    SIMILAR_NAMES = "similar-names", _l("Similar names in one commune")


class Verdict(LabelledEnum):
    """Which pairs a list shows: those still to be looked at, or those that were told apart."""

    OPEN = "open", _l("To be looked at")
    APART = "apart", _l("Not the same person")
