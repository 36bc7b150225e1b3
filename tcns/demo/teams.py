"""Founds the teams of the demonstration: one for each commune and for all villages but twelve."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from random import Random

from tcns.demo import waves
from tcns.demo.filling import Filling
from tcns.demo.places import DEMO_VILLAGE, Commune, Village
from tcns.demo.sizes import Founding, choose_sizes
from tcns.teams.models import EstablishingDecision, Team, TeamDecision
from tcns.teams.vocabulary import Purpose
from tcns.vietnamese import fold, sort_key

# Villages without a team, by district: twelve, so that 1.733 of the 1.745 have one.
VILLAGES_LEFT_OUT = {"071": 2, "072": 3, "073": 1, "074": 2, "075": 2, "076": 2}


def found_teams(
    filling: Filling, villages: list[Village], team_name: str, rng: Random
) -> list[Founding]:
    """All teams, commune by commune, the commune's own after those of its villages."""
    own = [village for village in villages if village.commune.has_teams]
    without = set(_left_out(own, rng))
    covered = defaultdict(list)
    for village in own:
        covered[village.commune].append(village)
    with_team = [village for village in own if village.code not in without]
    late = waves.late_villages(with_team, rng)
    foundings = [
        founding
        for commune, members in covered.items()
        for founding in CommuneTeams(filling, commune, team_name, rng).found(
            [village for village in members if village.code not in without], late
        )
    ]
    choose_sizes(foundings, rng)
    _note_enlargements(filling, foundings)
    return foundings


def _left_out(villages: list[Village], rng: Random) -> Iterator[str]:
    """The codes of the villages without a team."""
    for district, count in VILLAGES_LEFT_OUT.items():
        codes = [
            village.code
            for village in villages
            if village.commune.district == district and village.code != DEMO_VILLAGE
        ]
        yield from rng.sample(codes, count)


class CommuneTeams:
    """Founds the teams of one commune by its decisions."""

    def __init__(self, filling: Filling, commune: Commune, team_name: str, rng: Random) -> None:
        self._filling, self._commune, self._rng = filling, commune, rng
        self._team_name = team_name
        first = waves.first_wave(commune, rng)
        self._days = {False: first, True: waves.second_wave(first, rng)}
        self._enlarged_on = waves.enlargement(rng)

    def found(self, villages: list[Village], late: set[str]) -> list[Founding]:
        """The teams of the villages, those in `late` by a second decision, and the commune's."""
        decisions = {False: self._decide(self._days[False], "thành lập")}
        if any(village.code in late for village in villages):
            decisions[True] = self._decide(self._days[True], "thành lập bổ sung")
        enlarged_by = self._decide(self._enlarged_on, "kiện toàn")
        return [
            self._found(village, is_late, decisions[is_late], enlarged_by)
            for village in [*villages, None]
            for is_late in [village is not None and village.code in late]
        ]

    def _decide(self, day: date, verb: str) -> int:
        """A decision of the commune's People's Committee; its id."""
        # Numbers rise over a year: a decision every other day, more or less.
        number = f"{day.timetuple().tm_yday // 2 + self._rng.randint(1, 20)}/QĐ-UBND"
        return self._filling.add(
            EstablishingDecision,
            number=number,
            search_key=fold(number),
            issued_on=day,
            issuer=f"UBND {self._commune.full_name}",
            summary=f"Về việc {verb} {self._team_name} trên địa bàn {self._commune.full_name}",
            area_id=self._commune.area_id,
        )

    def _found(
        self, village: Village | None, is_late: bool, decision_id: int, enlarged_by: int
    ) -> Founding:
        """One team with its establishing decision."""
        place = village or self._commune
        name = f"{self._team_name} {place.full_name}"
        team_id = self._filling.add(
            Team,
            area_id=place.area_id,
            name=name,
            search_key=fold(name),
            sort_key=sort_key(name),
            second_reason=None,
            merged_into_id=None,
            valid_from=self._days[is_late],
            valid_to=None,
        )
        self._filling.link(
            TeamDecision, team_id=team_id, decision_id=decision_id, purpose=Purpose.ESTABLISH
        )
        return Founding(
            *(team_id, self._commune, village, self._days[is_late], decision_id),
            *(self._enlarged_on, enlarged_by),
        )


def _note_enlargements(filling: Filling, foundings: list[Founding]) -> None:
    """Join the teams that grew to the decision by which they did."""
    for founding in foundings:
        if founding.first_size < founding.size:
            filling.link(
                TeamDecision,
                team_id=founding.team_id,
                decision_id=founding.enlarged_by,
                purpose=Purpose.REFORM,
            )
