"""The stages of what indicators count."""

from enum import StrEnum

from flask_babel.speaklater import LazyString

from tcns.i18n import lazy_gettext as _l


class Stage(StrEnum):
    """How far it came: people were guided in something, or it was done; never added up."""

    GUIDED = "guided"
    DONE = "done"

    @property
    def label(self) -> LazyString:
        """The stage's name on pages."""
        return STAGE_LABELS[self]


STAGE_LABELS = {Stage.GUIDED: _l("Guided"), Stage.DONE: _l("Done")}
