"""The closed lists of kinds of digital models, and of how one stands."""

from tcns.i18n import LabelledEnum
from tcns.i18n import lazy_gettext as _l


class InitiativeKind(LabelledEnum):
    """What a digital model is, as provinces publish them."""

    MARKET = "market", _l("Market 4.0")
    VILLAGE = "village", _l("Smart village")
    COMMUNE = "commune", _l("Smart commune")
    LEARNING_POINT = "learning_point", _l("Digital literacy learning point")
    CASHLESS = "cashless", _l("Cashless street or point of sale")
    SERVICE_POINT = "service_point", _l("Point of support for online public services")
    WIFI = "wifi", _l("Public Wi-Fi point")
    FAMILY = "family", _l("Digital families")
    OTHER = "other", _l("Other")


class Stage(LabelledEnum):
    """How a digital model stands, while it lasts."""

    PILOT = "pilot", _l("Pilot")
    OPERATING = "operating", _l("Operating")
    PAUSED = "paused", _l("Paused")


class Lasting(LabelledEnum):
    """Whether a digital model lasts on a day."""

    LASTING = "lasting", _l("Lasting")
    ENDED = "ended", _l("Ended")
