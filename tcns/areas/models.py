"""Tables of areas: the land, its names, its places in the tree, what became of it."""

from datetime import date

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    UniqueConstraint,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from tcns.areas.statistics.vocabulary import Counted, Statistic
from tcns.areas.vocabulary import Level, full_name_of
from tcns.database import Dated, Model, SortKey, Versioned, interval_check
from tcns.database.id_lists import in_ids
from tcns.permissions.scope import Scope
from tcns.vietnamese import fold, sort_key


class Area(Dated, Versioned, Model):
    """A piece of land on one level of the tree, for as long as the land stays the same.

    A merger or a split makes a new row even where code and name stay; a rename or an upgrade
    does not. Latitude and longitude are degrees of a point within, for maps.
    """

    __tablename__ = "area"
    __table_args__ = (interval_check(), Index(None, "level", "valid_from"))

    id: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[str]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    names: Mapped[list["AreaName"]] = relationship(
        back_populates="area", order_by="AreaName.valid_from"
    )

    @classmethod
    def within(cls, scope: Scope) -> ColumnElement[bool]:
        """Areas of the scope."""
        return true() if scope.everything else in_ids(cls.id, scope.areas)

    def lies_in(self, scope: Scope) -> bool:
        """Whether the area belongs to the scope."""
        return scope.everything or self.id in scope.areas

    @property
    def step(self) -> Level:
        """The level as a word of the vocabulary."""
        return Level(self.level)


class AreaName(Dated, Model):
    """What an area is called and coded for a time; a code is unique only on one day."""

    __tablename__ = "area_name"
    __table_args__ = (
        interval_check(),
        UniqueConstraint("code", "valid_from"),
        UniqueConstraint("area_id", "valid_from"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    kind: Mapped[str]
    name: Mapped[str]
    code: Mapped[str]
    search_key: Mapped[str] = mapped_column(index=True)
    sort_key: Mapped[str] = mapped_column(SortKey)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    area: Mapped[Area] = relationship(back_populates="names")

    @validates("name")
    def _derive_keys(self, _field: str, name: str) -> str:
        """Keep the search and sort keys in step with the name."""
        keys = self.keys_of(name)
        self.search_key, self.sort_key = keys["search_key"], keys["sort_key"]
        return name

    @staticmethod
    def keys_of(name: str) -> dict[str, str]:
        """What is derived of a name: the keys by which it is searched and sorted."""
        return {"search_key": fold(name), "sort_key": sort_key(name)}

    @property
    def version(self) -> int:
        """Its area's: a name has no version of its own."""
        return self.area.version

    @property
    def full_name(self) -> str:
        """Kind and name as written in running text: Xã Hòa Phú, Tổ dân phố 5."""
        return full_name_of(self.kind, self.name)


class AreaPlacement(Dated, Model):
    """Where an area stands in the tree for a time."""

    __tablename__ = "area_placement"
    __table_args__ = (interval_check(), UniqueConstraint("area_id", "valid_from"))

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    parent_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class AreaPath(Dated, Model):
    """The dated closure of the tree: each area under each of its ancestors, itself included.

    Rebuilt from the placements by `rebuild_tree` or `rebuild_around`, never written elsewhere.
    """

    __tablename__ = "area_path"
    __table_args__ = (
        interval_check(),
        # What lies below an area is read from the index alone.
        Index(None, "ancestor_id", "valid_from", "valid_to", "descendant_id"),
        Index(None, "descendant_id", "valid_from"),
    )

    ancestor_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)
    descendant_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    valid_to: Mapped[date | None]
    depth: Mapped[int]


class AreaAllocation(Dated, Model):
    """Where an area's figures are shown on the maps of some days: `seat_id`, an area of these maps.

    While an area exists its figures are its own. Rebuilt from areas, placements and successions
    by `rebuild_tree` or `rebuild_around` (the rule is in `tcns.areas.allocation`), never written
    elsewhere.
    """

    __tablename__ = "area_seat"
    __table_args__ = (interval_check(), Index(None, "seat_id", "valid_from", "valid_to", "area_id"))

    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    valid_to: Mapped[date | None]


class AreaSuccession(Model):
    """What became of an area: which other took over its land, wholly or in part, and by what."""

    __tablename__ = "area_succession"

    predecessor_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)
    successor_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True, index=True)
    extent: Mapped[str]
    effective_on: Mapped[date]
    decree: Mapped[str | None]


class AreaHouseholds(Dated, Model):
    """How many households a village had for a time: what shares of households divide by."""

    __tablename__ = "area_households"
    __table_args__ = (interval_check(), UniqueConstraint("area_id", "valid_from"))

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    household_count: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class AreaStatistic(Dated, Model):
    """What was counted of a village for a time (`tcns.areas.statistics`): 1 or 0 for yes or no,
    else so many out of so many that were asked."""

    __tablename__ = "area_statistic"
    __table_args__ = (
        interval_check(),
        CheckConstraint("value >= 0 AND value <= coalesce(out_of, 1)", name="value"),
        UniqueConstraint("area_id", "statistic", "valid_from"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    statistic: Mapped[str]
    value: Mapped[int]
    out_of: Mapped[int | None]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    @property
    def what(self) -> Statistic:
        """The statistic as a word of the vocabulary."""
        return Statistic(self.statistic)

    @property
    def counted(self) -> Counted:
        """The value."""
        return Counted(self.value, self.out_of)


class Deployment(Model):
    """The one row that says which province this installation serves, and on which map.

    `map_on` is the day whose areas are the current ones; NULL means today. `is_demonstration`
    says that persons and activities are invented, and every page then says so.
    """

    __tablename__ = "deployment"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    province_code: Mapped[str]
    map_on: Mapped[date | None]
    is_demonstration: Mapped[bool] = mapped_column(default=False)
