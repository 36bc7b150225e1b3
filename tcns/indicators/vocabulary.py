"""The stages of what indicators count."""

from tcns.i18n import LabelledEnum
from tcns.i18n import lazy_gettext as _l


class Stage(LabelledEnum):
    """How far it came: people were guided in something, or it was done; never added up."""

    GUIDED = "guided", _l("Guided")
    DONE = "done", _l("Done")
