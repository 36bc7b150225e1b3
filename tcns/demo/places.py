"""The places of the demonstration: the real communes, and the invented villages in them."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tcns.areas.gazetteer_operations import lines, lines_on
from tcns.areas.vocabulary import AreaKind, Level

BEGINNING = date(2021, 7, 1)  # of the gazetteer
MAP_DAY = date(2024, 8, 31)  # the last day of the 138 communes of the published figures
TEAM_DISTRICTS = ("070", "071", "072", "073", "074", "075", "076")  # old Tuyên Quang
HIGHLAND_DISTRICTS = ("071", "072", "073")
# The commune and the village where the demonstration's official, leader and member are at home.
DEMO_COMMUNE, DEMO_VILLAGE = "02335", "02335.01"


class Commune(NamedTuple):
    """A real commune as it was on the map day, district by its code; old Hà Giang's as well."""

    area_id: int
    key: str
    code: str
    kind: str
    name: str
    district: str
    latitude: float
    longitude: float

    @property
    def has_teams(self) -> bool:
        """Whether it lies in old Tuyên Quang, where the teams are."""
        return self.district in TEAM_DISTRICTS

    @property
    def is_highland(self) -> bool:
        """Whether most of its people are Tày, Dao or Mông."""
        return self.district in HIGHLAND_DISTRICTS or not self.has_teams

    @property
    def full_name(self) -> str:
        """xã Hòa Phú."""
        return f"{self.kind} {self.name}"


@dataclass(eq=False)
class Village:
    """An invented village, by its kind and name of the first day.

    `household_count` is what it has, whether or not anybody counted.
    """

    area_id: int
    commune: Commune
    number: int
    kind: AreaKind
    name: str
    household_count: int

    @property
    def code(self) -> str:
        """The commune's code in 2024 and the village's number there; kept across reforms."""
        return f"{self.commune.code}.{self.number:02}"

    @property
    def full_name(self) -> str:
        """thôn Nà Lừa."""
        return f"{self.kind} {self.name}"


def communes_of(ids: dict[str, int]) -> list[Commune]:
    """The communes on the map day, by code."""
    areas = {line["key"]: line for line in lines("areas") if line["level"] == Level.COMMUNE}
    names = {line["area"]: line for line in lines_on("names", MAP_DAY)}
    parents = {line["area"]: line["parent"] for line in lines_on("placements", MAP_DAY)}
    found = [
        Commune(
            area_id=ids[key],
            key=key,
            code=names[key]["code"],
            kind=names[key]["kind"],
            name=names[key]["name"],
            district=names[parents[key]]["code"],
            latitude=areas[key]["latitude"],
            longitude=areas[key]["longitude"],
        )
        for key in areas.keys() & names.keys()
    ]
    return sorted(found, key=lambda commune: commune.code)
