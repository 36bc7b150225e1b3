"""Finding the areas that a file means, by code or by name, among those somebody may write in."""

from tcns.areas.known_names import KnownNames, Match
from tcns.areas.naming import (
    are_above,
    communes_own,
    is_called,
    split_code,
    splits,
    tidy,
)
from tcns.areas.vocabulary import Level
from tcns.i18n import enter_message
from tcns.i18n import gettext as _
from tcns.imports.rows import area_notes as notes
from tcns.imports.rows.area_fields import COMMUNE
from tcns.imports.rows.places_on_map import PlacesOnMap, Spot, named
from tcns.imports.rows.results import COMMUNES_OWN, Finding
from tcns.imports.vocabulary import Mark, ProblemKind


class PlaceNames(PlacesOnMap):
    """The areas of a scope on the map, by what the rows of a file say of them."""

    def find(self, finding: Finding, *, whole: bool = False) -> Spot | None:
        """The area a row means, by its code, else by village, commune and district.

        The code of a commune beside the name of a village means that village. With `whole` a row
        that names a commune and no village means the commune itself; one that names neither means
        nothing, however few areas there are. What cannot be found is noted, and what contradicts;
        an area out of scope is as unknown as one that does not exist.
        """
        code = finding.value("code")
        coded = self._find_coded(finding, code) if code else None
        if code and (coded is None or coded.area.step is not Level.COMMUNE):
            return coded
        village = finding.value("village")
        if not village and (answered := finding.fallback("village")):
            finding.is_communes_own = answered.answer == COMMUNES_OWN
        if finding.waits or finding.is_wrong:
            return None
        if coded and not village:
            return coded
        says_commune = bool(finding.value("commune")) or finding.is_communes_own
        if not village and not (whole and says_commune):
            finding.note("village", ProblemKind.MISSING, _("Say which area: village, or commune."))
            return None
        commune = coded or self.find_commune(finding)
        if commune is None or not village:
            return commune
        return self._find_village(finding, commune, village, whole=whole)

    def find_commune(self, finding: Finding) -> Spot | None:
        """The commune a row names; where the scope has but one, no row need name it. In a district
        that the row names as well."""
        name = finding.value("commune")
        commune = self._named_commune(finding, name) if name else self._implied_commune(finding)
        return commune if commune and self._check_district(finding, commune) else None

    def _find_coded(self, finding: Finding, code: str) -> Spot | None:
        """The area of a row's code, which must be called what the row calls it; else noted."""
        digits, rest = split_code(code)
        spot = self.coded(code) or self.coded(digits)
        if spot is None:
            notes.note_unknown_code(finding, "code", code)
            return None
        commune = self.commune_of(spot)
        says = [("code", spot, rest if digits else "")]
        if spot.area.step is Level.VILLAGE:
            says.append(("village", spot, finding.value("village")))
        if commune.area.step is Level.COMMUNE:
            says.append(("commune", commune, finding.value("commune")))
        for column, called, text in says:
            if text and not self._bears(called, text):
                notes.note_other_code(finding, column, spot.name.full_name)
                return None
        return spot if self._check_district(finding, commune) else None

    def _bears(self, spot: Spot, text: str) -> bool:
        """Whether a text may be a name of an area, of today or of before, or its code with it."""
        code, rest = split_code(text)
        if code and self.coded(code) not in (spot, self.commune_of(spot)):
            return False
        names = {spot.named, *(named(name) for name in spot.area.names)}
        above = self.names_above(spot.area.id)
        known = KnownNames([(each, each) for each in names], lambda _name: above)
        return not rest or bool(known.find(rest).found)

    def _named_commune(self, finding: Finding, text: str) -> Spot | None:
        """The commune of a cell: by its code or its name, in the district of the row."""
        code, rest = split_code(text)
        coded = self.coded(code)
        if coded and coded.area.step is Level.COMMUNE and (not rest or self._bears(coded, rest)):
            notes.mark_code(finding, "commune", coded.name.full_name)
            return coded
        match, district = self.communes.find(text), finding.value("district")
        if district and len(match.found) > 1:
            inside = [key for key in match.found if self._lies_in(self.spots[key], district)]
            match = match._replace(found=tuple(inside) or match.found)
        return self.only(finding, "commune", text, match)

    def _implied_commune(self, finding: Finding) -> Spot | None:
        """The commune of a row that names none: the only one, or the one beside its village."""
        communes = [self.spots[key] for key in self.communes.named]
        if len(communes) == 1:
            return communes[0]
        code, rest = split_code(finding.value("village") or "")
        if coded := self.coded(code):
            return self.commune_of(coded)
        behind = [self.communes.find(split.behind) for split in splits(tidy(rest)) if split.behind]
        meant = {match.only for match in behind if match.only and not match.fit.is_guess}
        if len(meant) == 1:
            return self.spots[meant.pop()]
        finding.note("commune", ProblemKind.MISSING, enter_message(COMMUNE.label))
        return None

    def _lies_in(self, spot: Spot, text: str) -> bool:
        """Whether a commune lies in the district of a name, or of a code."""
        for place, above in enumerate(self.above(spot)):
            if above.area.step is Level.DISTRICT:
                rest = [each.named for each in self.above(spot)[place + 1 :]]
                return text.zfill(len(above.name.code)) == above.name.code or any(
                    is_called(head, above.named) and are_above(behind, rest)
                    for head, behind in splits(tidy(text))
                )
        return False

    def _check_district(self, finding: Finding, commune: Spot) -> bool:
        """Whether a commune lies in the district that a row names, if it names one; else noted."""
        text = finding.value("district")
        if not text:
            return True
        if not any(each.area.step is Level.DISTRICT for each in self.above(commune)):
            notes.mark_left_aside(finding, "district")
            return True
        if self._lies_in(commune, text):
            return True
        above = next(each for each in self.above(commune) if each.area.step is Level.DISTRICT)
        notes.note_other_district(finding, text, commune.name.full_name, above.name.full_name)
        return False

    def _find_village(
        self, finding: Finding, commune: Spot, text: str, *, whole: bool
    ) -> Spot | None:
        """The village of a commune that a cell means, or the commune itself; else noted."""
        code, rest = split_code(text)
        if code:
            return self._find_coded_village(finding, commune, code, rest)
        match = self.match_village(commune, text)
        behind = communes_own(text) if whole else None
        if behind is None or (match.found and not match.fit.is_guess):
            return self.only(finding, "village", text, match)
        above = [commune.named, *self.names_above(commune.area.id)]
        if match.found or not are_above(behind, above):
            found = [*match.found, commune.area.id]
            notes.note_several(finding, "village", text, self.called(found))
            return None
        finding.is_communes_own = True
        finding.mark("village", Mark.REWRITTEN, _("The commune's own team."))
        return commune

    def _find_coded_village(
        self, finding: Finding, commune: Spot, code: str, rest: str
    ) -> Spot | None:
        """The village of a cell that begins with its own code or its commune's; else noted."""
        spot = self.coded(code)
        if spot is None:
            notes.note_unknown_code(finding, "village", code)
        elif spot.area.id == commune.area.id and rest:
            match = self.match_village(commune, rest)
            if found := self.only(finding, "village", rest, match):
                if not match.fit.is_guess:
                    notes.mark_code(finding, "village", found.name.full_name)
                return found
        elif spot.parent_id == commune.area.id and self._bears(spot, rest):
            notes.mark_code(finding, "village", spot.name.full_name)
            return spot
        else:
            notes.note_other_code(finding, "village", spot.name.full_name)
        return None

    def only(self, finding: Finding, column: str, text: str, match: Match[int]) -> Spot | None:
        """The one area that a cell means, marked unless it is written so; none or several noted."""
        if match.only is not None:
            spot = self.spots[match.only]
            notes.mark_fit(finding, column, text, spot.name.full_name, match.fit)
            return spot
        called = self.called(match.found or match.near)
        say = notes.note_several if match.found else notes.note_unknown
        say(finding, column, text, called)
        return None
