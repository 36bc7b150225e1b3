"""The levels and kinds of areas."""

from enum import StrEnum

from flask_babel.speaklater import LazyString

from tcns.i18n import lazy_gettext as _l


class Level(StrEnum):
    """A step of the tree, from the top; the district is optional."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    VILLAGE = "village"

    @property
    def rank(self) -> int:
        """0 at the top."""
        return list(Level).index(self)

    @property
    def label(self) -> LazyString:
        """The level's name on pages."""
        return LEVEL_LABELS[self]


LEVEL_LABELS = {
    Level.PROVINCE: _l("Province"),
    Level.DISTRICT: _l("District"),
    Level.COMMUNE: _l("Commune"),
    Level.VILLAGE: _l("Village"),
}


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


VILLAGE_KINDS = (AreaKind.THON, AreaKind.BAN, AreaKind.TO_DAN_PHO)


class Extent(StrEnum):
    """How much of the predecessor's land went to the successor."""

    WHOLE = "whole"
    PART = "part"

    @property
    def label(self) -> LazyString:
        """The extent in words."""
        return EXTENT_LABELS[self]


EXTENT_LABELS = {Extent.WHOLE: _l("wholly"), Extent.PART: _l("in part")}


class Having(StrEnum):
    """Whether an area has an active team of its own level."""

    WITH = "with"
    WITHOUT = "without"

    @property
    def label(self) -> LazyString:
        """The choice in words."""
        return HAVING_LABELS[self]


HAVING_LABELS = {Having.WITH: _l("With a team"), Having.WITHOUT: _l("Without a team")}
