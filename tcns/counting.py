"""Which sessions figures count: a setting of the province, read wherever something is counted."""

from flask import current_app
from flask_babel.speaklater import LazyString

from tcns.config import Settings
from tcns.i18n import gettext as _


def counts_pending() -> bool:
    """Whether a session counts from the day it is submitted, not only once it is approved."""
    settings = current_app.config["TCNS"] if current_app else Settings
    return bool(settings.counts_pending)


def _which_count() -> str:
    return _("Submitted or approved") if counts_pending() else _("Approved")


def _sessions_that_count() -> str:
    if counts_pending():
        return _("Submitted and approved sessions held in the period.")
    return _("Approved sessions held in the period; those that wait for review do not count yet.")


def _sessions_of_a_sort() -> str:
    if counts_pending():
        return _("Submitted and approved sessions of this kind or form held in the period.")
    return _("Approved sessions of this kind or form held in the period.")


# What pages call the sessions that count, in the words of the setting when they are shown.
WHICH_COUNT = LazyString(_which_count)
SESSIONS_THAT_COUNT = LazyString(_sessions_that_count)
SESSIONS_OF_A_SORT = LazyString(_sessions_of_a_sort)
