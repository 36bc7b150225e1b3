"""The places of the small country every test lives in, on its two maps.

Until 30/06/2025, which is the deployment's map day (MAP_DAY), as in the demonstration:

    08 tỉnh Sơn Thủy                              province
    ├── 071 huyện Thượng Lâm                      district
    │   ├── 02301 xã Hòa An                       commune       team of 3 (one is in two teams)
    │   │   ├── thôn Đồng Tâm, 120 households     village       team of 3: leader, deputy, member
    │   │   ├── bản Nà Đình, 80 households        hamlet        team of 2, and one dissolved before
    │   │   └── thôn Khuôn Trú, households unknown  quiet_village   no team
    │   ├── 02302 xã Hòa Bình                     partner       team of 1
    │   │   └── thôn Hợp Thành                    partner_village   team of 1
    │   └── 02303 xã Kim Tước                     neighbour     team of 1
    │       └── thôn Nà Kim Tước                  neighbour_village team of 2
    └── 072 huyện Hạ Lang                         other_district
        ├── 02401 thị trấn Na Sầm                 town          a xã until 31/12/2023; team of 1
        │   └── tổ dân phố 1                      town_village  team of 1
        └── 02402 xã Đức Xuân                     split         team of 1
            ├── thôn Đức Thượng                   north_village team of 1
            └── thôn Đức Hạ                       south_village team of 1
    02 tỉnh Bình Nguyên                           second_province
    └── 024 huyện Cán Tỷ                          second_district
        └── 00701 xã Lùng Vai                     far           team of 1
            └── thôn Lùng Pục                     far_village   team of 1

Since 01/07/2025 (REFORM), without districts:

    08 tỉnh Sơn Thủy                              new_province  of both old provinces
    ├── 02301 xã Hòa An                           merged        of Hòa An and Hòa Bình
    │   └── Đồng Tâm, Nà Đình, Khuôn Trú, Hợp Thành
    ├── 02303 xã Kim Tước                         neighbour     unchanged, only placed anew
    │   └── Nà Kim Tước
    ├── 02401 phường Na Sầm                       town          unchanged, upgraded
    │   └── tổ dân phố 1
    ├── 02402 xã Đức Xuân                         north         one part of the split commune
    │   └── Đức Thượng
    ├── 02403 xã Đức Hạ                           south         the other part
    │   └── Đức Hạ
    └── 00701 xã Lùng Vai                         far           unchanged, from the other province
        └── Lùng Pục
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from tcns.areas.models import AreaName, AreaPlacement
from tcns.areas.tree_operations import rebuild_tree
from tcns.areas.vocabulary import AreaKind, Extent, Level
from tcns.database import db
from tests.factories import make_area, make_households, make_succession, place_area

MAP_DAY, REFORM = date(2025, 6, 30), date(2025, 7, 1)
UPGRADE = date(2024, 1, 1)


@dataclass(frozen=True)
class Place:
    """An area of the world: its id, and its code and plain name on the map day."""

    id: int
    code: str
    name: str


def build_places() -> dict[str, Place]:
    """Both maps, what became of what, and the paths of the tree."""
    places = PlaceBuilder()
    places.build_old_map()
    places.build_new_map()
    places.build_successions()
    db.session.flush()
    rebuild_tree()
    return places.made


class PlaceBuilder:
    """Makes areas and remembers them by name."""

    def __init__(self) -> None:
        self.made: dict[str, Place] = {}

    def add(
        self, key: str, level: Level, code: str, name: str, above: str = "", /, **differs: object
    ) -> int:
        """An area called `key` in tests, below the one called `above`."""
        parent = self.made[above].id if above else None
        area_id = make_area(level, parent, code=code, name=name, **differs)
        self.made[key] = Place(area_id, code, name)
        return area_id

    def build_old_map(self) -> None:
        """Provinces, districts, communes and villages until the reorganisation."""
        gone = {"valid_to": REFORM}
        self.add("province", Level.PROVINCE, "08", "Sơn Thủy", **gone)
        self.add("second_province", Level.PROVINCE, "02", "Bình Nguyên", **gone)
        self.add("district", Level.DISTRICT, "071", "Thượng Lâm", "province", **gone)
        self.add("other_district", Level.DISTRICT, "072", "Hạ Lang", "province", **gone)
        self.add("second_district", Level.DISTRICT, "024", "Cán Tỷ", "second_province", **gone)
        self.add("commune", Level.COMMUNE, "02301", "Hòa An", "district", **gone)
        self.add("partner", Level.COMMUNE, "02302", "Hòa Bình", "district", **gone)
        self.add("split", Level.COMMUNE, "02402", "Đức Xuân", "other_district", **gone)

    def build_new_map(self) -> None:
        """The communes since the reorganisation, those it left alone, and all villages."""
        new = {"valid_from": REFORM}
        self.add("new_province", Level.PROVINCE, "08", "Sơn Thủy", **new)
        self.add("merged", Level.COMMUNE, "02301", "Hòa An", "new_province", **new)
        self.add("north", Level.COMMUNE, "02402", "Đức Xuân", "new_province", **new)
        self.add("south", Level.COMMUNE, "02403", "Đức Hạ", "new_province", **new)
        self.add_lasting("neighbour", "02303", "Kim Tước", "district")
        self.add_lasting("town", "02401", "Na Sầm", "other_district")
        self.add_lasting("far", "00701", "Lùng Vai", "second_district")
        self.upgrade_town()
        self.add_village("village", "Đồng Tâm", "commune", "merged", households=120)
        self.add_village("hamlet", "Nà Đình", "commune", "merged", AreaKind.BAN, households=80)
        self.add_village("quiet_village", "Khuôn Trú", "commune", "merged")
        self.add_village("partner_village", "Hợp Thành", "partner", "merged", households=60)
        self.add_village(
            "neighbour_village", "Nà Kim Tước", "neighbour", "neighbour", households=90
        )
        self.add_village("town_village", "1", "town", "town", AreaKind.TO_DAN_PHO, households=200)
        self.add_village("north_village", "Đức Thượng", "split", "north", households=70)
        self.add_village("south_village", "Đức Hạ", "split", "south", households=50)
        self.add_village("far_village", "Lùng Pục", "far", "far", households=40)

    def add_lasting(self, key: str, code: str, name: str, above: str) -> None:
        """A commune the reorganisation only places anew, straight below the new province."""
        area_id = self.add(key, Level.COMMUNE, code, name, above)
        move(area_id, self.made["new_province"].id)

    def upgrade_town(self) -> None:
        """Na Sầm was a xã, then a thị trấn, and is a phường: three names of one area."""
        town = self.made["town"]
        first = db.session.scalars(select(AreaName).where(AreaName.area_id == town.id)).one()
        first.valid_to = UPGRADE
        for kind, starts, ends in (
            (AreaKind.THI_TRAN, UPGRADE, REFORM),
            (AreaKind.PHUONG, REFORM, None),
        ):
            db.session.add(
                AreaName(
                    area_id=town.id,
                    kind=kind,
                    name=town.name,
                    code=town.code,
                    valid_from=starts,
                    valid_to=ends,
                )
            )

    def add_village(
        self,
        key: str,
        name: str,
        before: str,
        after: str,
        kind: AreaKind = AreaKind.THON,
        households: int | None = None,
    ) -> None:
        """A village, which persists: below `before` on the old map and `after` on the new."""
        number = sum(1 for place in self.made.values() if len(place.code) > 5)
        code = f"{self.made[before].code}{number:02}"
        area_id = self.add(key, Level.VILLAGE, code, name, before, kind=kind)
        if before != after:
            move(area_id, self.made[after].id)
        if households is not None:
            make_households(area_id, households)

    def build_successions(self) -> None:
        """Two communes merged, one was split, two provinces became one; districts just ended."""
        whole = ("commune", "merged"), ("partner", "merged")
        provinces = ("province", "new_province"), ("second_province", "new_province")
        parts = ("split", "north"), ("split", "south")
        for extent, pairs in ((Extent.WHOLE, whole + provinces), (Extent.PART, parts)):
            for old, new in pairs:
                make_succession(
                    self.made[old].id,
                    self.made[new].id,
                    extent=extent,
                    effective_on=REFORM,
                    decree="1684/NQ-UBTVQH15",
                )


def move(area_id: int, parent_id: int) -> None:
    """End the area's place at the reorganisation and begin another below `parent_id`."""
    place = db.session.scalars(select(AreaPlacement).where(AreaPlacement.area_id == area_id)).one()
    place.valid_to = REFORM
    db.session.flush()
    place_area(area_id, parent_id, valid_from=REFORM)
