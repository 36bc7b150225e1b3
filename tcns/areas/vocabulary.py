"""The levels and kinds of areas."""

from enum import StrEnum

from tcns.i18n import LabelledEnum
from tcns.i18n import lazy_gettext as _l


class Level(LabelledEnum):
    """A step of the tree, from the top; the district is optional."""

    PROVINCE = "province", _l("Province")
    DISTRICT = "district", _l("District")
    COMMUNE = "commune", _l("Commune")
    VILLAGE = "village", _l("Village")

    @property
    def rank(self) -> int:
        """0 at the top."""
        return list(Level).index(self)


class AreaKind(StrEnum):
    """What an area is called in law or custom, as written before its name."""

    TINH = "tỉnh"
    HUYEN = "huyện"
    THANH_PHO = "thành phố"
    XA = "xã"
    PHUONG = "phường"
    THI_TRAN = "thị trấn"
    THON = "thôn"
    BAN = "bản"
    TO_DAN_PHO = "tổ dân phố"


def full_name_of(kind: str, name: str) -> str:
    """Kind and name as written in running text: Xã Hòa Phú, Tổ dân phố 5."""
    return f"{kind[0].upper()}{kind[1:]} {name}"


VILLAGE_KINDS = (AreaKind.THON, AreaKind.BAN, AreaKind.TO_DAN_PHO)


class Extent(LabelledEnum):
    """How much of the predecessor's land went to the successor."""

    WHOLE = "whole", _l("wholly")
    PART = "part", _l("in part")


class Having(LabelledEnum):
    """Whether an area has an active team of its own level."""

    WITH = "with", _l("With a team")
    WITHOUT = "without", _l("Without a team")


class OnRecord(LabelledEnum):
    """Whether the number of a village's households is on record."""

    KNOWN = "known", _l("Number known")
    UNKNOWN = "unknown", _l("Number not known")
