"""The areas on the map as files name them: those of a scope, and all in which they lie."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, select
from sqlalchemy.orm import selectinload

from tcns.areas.known_names import KnownNames, Match
from tcns.areas.models import Area, AreaName, AreaPlacement
from tcns.areas.naming import Named, with_zeros
from tcns.areas.queries import map_day
from tcns.areas.vocabulary import AreaKind, Level
from tcns.database import db
from tcns.permissions.scope import Scope


class Spot(NamedTuple):
    """An area on the map: with its name there, and the area it stands in."""

    area: Area
    name: AreaName
    parent_id: int | None

    @property
    def named(self) -> Named:
        """What it is called."""
        return named(self.name)


def named(name: AreaName) -> Named:
    """What an area is called by a name on file."""
    return Named(AreaKind(name.kind), name.name)


class PlacesOnMap:
    """The areas of a scope on the map, with those above them, by code and by name."""

    def __init__(self, scope: Scope) -> None:
        self.day = map_day()
        self.spots = {spot.area.id: spot for spot in self._read(self.day)}
        own = [spot for spot in self.spots.values() if scope.covers(spot.area)]
        self._by_code = {spot.name.code: spot for spot in own}
        self._villages_of: defaultdict[int, list[Spot]] = defaultdict(list)
        for spot in own:
            if spot.area.step is Level.VILLAGE and spot.parent_id:
                self._villages_of[spot.parent_id].append(spot)
        communes = [spot for spot in own if spot.area.step is Level.COMMUNE]
        self.communes = self._known(communes)
        self._known_villages: dict[int, KnownNames[int]] = {}

    def _read(self, day: date) -> Iterable[Spot]:
        """All areas on the map, those out of scope as well: communes stand in districts."""
        placed = and_(AreaPlacement.area_id == Area.id, AreaPlacement.valid_on(day))
        query = (
            select(Area, AreaName, AreaPlacement.parent_id)
            .join(AreaName, and_(AreaName.area_id == Area.id, AreaName.valid_on(day)))
            .outerjoin(AreaPlacement, placed)
            .where(Area.valid_on(day))
            .options(selectinload(Area.names))
        )
        return (Spot(*row) for row in db.session.execute(query))

    def _known(self, spots: Iterable[Spot]) -> KnownNames[int]:
        """Some areas by their names."""
        return KnownNames([(spot.area.id, spot.named) for spot in spots], self.names_above)

    def names_above(self, area_id: int) -> list[Named]:
        """What the areas are called in which an area lies, from below upwards."""
        return [spot.named for spot in self.above(self.spots[area_id])]

    def above(self, spot: Spot) -> list[Spot]:
        """The areas in which an area lies, from below upwards."""
        above = []
        while spot.parent_id in self.spots:
            spot = self.spots[spot.parent_id]
            above.append(spot)
        return above

    def names(self, level: Level) -> list[str]:
        """What the areas of a level are called where one may write, each name once, in order."""
        own = [spot.name for spot in self._by_code.values() if spot.area.step is level]
        ordered = sorted(own, key=lambda name: name.sort_key)
        return list(dict.fromkeys(name.full_name for name in ordered))

    def at(self, area_id: int) -> Spot | None:
        """The area of an id, if it is on the map."""
        return self.spots.get(area_id)

    def commune_of(self, spot: Spot) -> Spot:
        """The commune an area is, or stands in; the area itself where there is none above."""
        while spot.area.step is Level.VILLAGE and spot.parent_id in self.spots:
            spot = self.spots[spot.parent_id]
        return spot

    def path_of(self, area_id: int) -> str:
        """An area from its commune down: Xã Hòa Phú / Thôn Gia Kè."""
        spot = self.spots[area_id]
        commune = self.commune_of(spot)
        names = [commune.name.full_name, spot.name.full_name]
        return " / ".join(dict.fromkeys(names))

    def match_village(self, commune: Spot, text: str) -> Match[int]:
        """The villages of a commune that a text may mean."""
        return self._villages(commune).find(text)

    def _villages(self, commune: Spot) -> KnownNames[int]:
        """The villages of a commune by their names."""
        own = commune.area.id
        if own not in self._known_villages:
            self._known_villages[own] = self._known(self._villages_of[own])
        return self._known_villages[own]

    def coded(self, text: str) -> Spot | None:
        """The area of a code, with or without the zero in front."""
        return self._by_code.get(text) or self._by_code.get(with_zeros(text))

    def called(self, area_ids: Iterable[int]) -> list[str]:
        """What some areas are called; communes of one name with their districts."""
        return [self._full_name(self.spots[area_id]) for area_id in area_ids]

    def _full_name(self, spot: Spot) -> str:
        """What an area is called; a commune with its district."""
        if spot.area.step is not Level.COMMUNE:
            return spot.name.full_name
        districts = [each for each in self.above(spot) if each.area.step is Level.DISTRICT]
        return ", ".join(each.name.full_name for each in (spot, *districts))
