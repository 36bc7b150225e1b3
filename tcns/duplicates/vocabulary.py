"""Why two persons are suspected to be one, and which pairs a list shows."""

from enum import StrEnum

from flask_babel.speaklater import LazyString

from tcns.i18n import lazy_gettext as _l


class Reason(StrEnum):
    """Why two persons may be one, the surest first."""

    NAME_AND_PHONE = "name-and-phone"
    NAME_AND_YEAR = "name-and-year"
    SIMILAR_NAMES = "similar-names"

    @property
    def label(self) -> LazyString:
        """The reason in words."""
        return REASON_LABELS[self]


REASON_LABELS = {
    Reason.NAME_AND_PHONE: _l("Same name and phone"),
    Reason.NAME_AND_YEAR: _l("Same name, year of birth and commune"),
    Reason.SIMILAR_NAMES: _l("Similar names in one commune"),
}


class Verdict(StrEnum):
    """Which pairs a list shows: those still to be looked at, or those that were told apart."""

    OPEN = "open"
    APART = "apart"

    @property
    def label(self) -> LazyString:
        """The verdict in words."""
        return VERDICT_LABELS[self]


VERDICT_LABELS = {
    Verdict.OPEN: _l("To be looked at"),
    Verdict.APART: _l("Not the same person"),
}
