"""Finding the areas that a file means, by code or by name, among those somebody may write in."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, select
from sqlalchemy.orm import selectinload

from tcns.areas.models import Area, AreaName, AreaPlacement
from tcns.areas.queries import map_day
from tcns.areas.vocabulary import AreaKind, Level
from tcns.database import db
from tcns.i18n import enter_message
from tcns.i18n import gettext as _
from tcns.imports.rows.area_fields import COMMUNE
from tcns.imports.rows.results import COMMUNES_OWN, Finding
from tcns.imports.vocabulary import ProblemKind
from tcns.permissions.scope import Scope
from tcns.vietnamese import fold, spelling

# How kinds are written before a name, longest first; folded.
PREFIXES = {
    "to dan pho": AreaKind.TO_DAN_PHO,
    "thanh pho": AreaKind.THANH_PHO,
    "thi tran": AreaKind.THI_TRAN,
    "phuong": AreaKind.PHUONG,
    "huyen": AreaKind.HUYEN,
    "thon": AreaKind.THON,
    "tinh": AreaKind.TINH,
    "tdp": AreaKind.TO_DAN_PHO,
    "ban": AreaKind.BAN,
    "xa": AreaKind.XA,
    "tp": AreaKind.THANH_PHO,
    "tt": AreaKind.THI_TRAN,
    "to": AreaKind.TO_DAN_PHO,
    "h": AreaKind.HUYEN,
    "p": AreaKind.PHUONG,
    "x": AreaKind.XA,
}
SHORT = ("h", "p", "x")  # a single letter is a kind only with its dot
# A reader's place and its number in the text are the same: folding keeps letters apart.
PREFIX = re.compile(rf"({'|'.join(PREFIXES)})(?:\s*\.\s*|\s+)(?=\S)")


class PlaceName(NamedTuple):
    """A name as it was written: the kind before it, if one is, and the name itself."""

    kind: AreaKind | None
    name: str


def split_kind(text: str) -> PlaceName:
    """Xã Hòa An, X. Hòa An, TT.Na Sầm: the kind and the plain name."""
    found = PREFIX.match(_aligned(text))
    if found is None or (found[1] in SHORT and "." not in found[0]):
        return PlaceName(None, text)
    return PlaceName(PREFIXES[found[1]], text[found.end() :].strip())


def _aligned(text: str) -> str:
    """The text folded letter by letter, so that each stands where it stood."""
    return "".join(fold(letter)[:1] or " " for letter in text)


class Spot(NamedTuple):
    """An area on the map: with its name there, and the area it stands in."""

    area: Area
    name: AreaName
    parent_id: int | None


class PlaceNames:
    """The areas of a scope on the map, with those above them, by code and by name."""

    def __init__(self, scope: Scope) -> None:
        self.day = map_day()
        self.spots: dict[int, Spot] = {}
        self._by_code: dict[str, Spot] = {}
        self._by_name: defaultdict[tuple[Level, str], list[Spot]] = defaultdict(list)
        self._scope = scope
        for spot in self._read(self.day):
            self._keep(spot)

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

    def _keep(self, spot: Spot) -> None:
        """Know an area; by its names only where the scope covers it."""
        self.spots[spot.area.id] = spot
        if self._scope.covers(spot.area):
            self._by_code[spot.name.code] = spot
            for text in (spot.name.name, spot.name.full_name):
                for key in {spelling(text), fold(spelling(text))}:
                    self._by_name[spot.area.step, key].append(spot)

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

    def find(self, finding: Finding, *, whole: bool = False) -> Spot | None:
        """The area a row means, by its code, else by village, commune and district.

        With `whole` a row that names a commune and no village means the commune itself; one that
        names neither means nothing, however few areas there are. What cannot be found is noted;
        an area out of scope is as unknown as one that does not exist.
        """
        if code := finding.value("code"):
            return self._find_code(finding, code)
        village = finding.value("village")
        if not village and (answered := finding.fallback("village")):
            finding.is_communes_own = answered.answer == COMMUNES_OWN
        if finding.waits:
            return None
        says_commune = bool(finding.value("commune")) or finding.is_communes_own
        if not village and not (whole and says_commune):
            finding.note("village", ProblemKind.MISSING, _("Say which area: village, or commune."))
            return None
        commune = self.find_commune(finding)
        if commune is None or not village:
            return commune
        inside = [s for s in self._named(Level.VILLAGE, village) if s.parent_id == commune.area.id]
        return self._only(finding, "village", village, inside)

    def find_commune(self, finding: Finding) -> Spot | None:
        """The commune a row names; where the scope has but one, no row need name it."""
        name, district = finding.value("commune"), finding.value("district")
        if not name:
            communes = {
                s.area.id: s for s in self._by_code.values() if s.area.step is Level.COMMUNE
            }
            if len(communes) == 1:
                return next(iter(communes.values()))
            finding.note("commune", ProblemKind.MISSING, enter_message(COMMUNE.label))
            return None
        found = self._named(Level.COMMUNE, name)
        if district and len(found) > 1:
            found = [spot for spot in found if self._stands_in(spot, district)]
        return self._only(finding, "commune", name, found)

    def village_in(self, commune: Spot, text: str) -> list[Spot]:
        """The villages of a commune that a text may mean."""
        found = self._named(Level.VILLAGE, text)
        return [spot for spot in found if spot.parent_id == commune.area.id]

    def _find_code(self, finding: Finding, code: str) -> Spot | None:
        """The area of a code, with or without the zeros a spreadsheet has eaten."""
        found = self._by_code.get(code) or self._by_code.get(code.zfill(5))
        if found is None:
            message = _("There is no area %(code)s where you may write.", code=code)
            finding.note("code", ProblemKind.UNKNOWN, message)
        return found

    def _named(self, level: Level, text: str) -> list[Spot]:
        """The areas of a level that a name may mean: as it is spelt, else without marks."""
        plain = split_kind(text).name
        for key in (spelling(text), spelling(plain)):
            if found := self._by_name.get((level, key)):
                return self._distinct(found)
        for key in (fold(spelling(text)), fold(spelling(plain))):
            if found := self._by_name.get((level, key)):
                return self._distinct(found)
        return []

    def _distinct(self, spots: Iterable[Spot]) -> list[Spot]:
        """Each area once."""
        return list({spot.area.id: spot for spot in spots}.values())

    def _stands_in(self, spot: Spot, district: str) -> bool:
        """Whether an area stands in a district of that name."""
        above = self.spots.get(spot.parent_id or 0)
        plain = fold(spelling(split_kind(district).name))
        return above is not None and fold(spelling(above.name.name)) in (plain, fold(district))

    def _only(self, finding: Finding, column: str, text: str, found: list[Spot]) -> Spot | None:
        """The one area that was found; none or several are noted."""
        if len(found) == 1:
            return found[0]
        message = (
            _("%(name)s is the name of several areas: give the code.", name=text)
            if found
            else _("%(name)s is not on the map where you may write.", name=text)
        )
        finding.note(column, ProblemKind.UNKNOWN, message)
        return None
