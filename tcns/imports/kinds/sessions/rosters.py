"""Who was in the teams of a file, to be found by the names of those who helped."""

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from tcns.activities.entry.rules import not_in_team_on
from tcns.database import db
from tcns.database.id_lists import in_ids
from tcns.i18n import gettext as _
from tcns.imports.kinds.sessions.cells import names_in
from tcns.imports.rows.results import Finding
from tcns.imports.vocabulary import Mark, ProblemKind
from tcns.teams.identity import bare_name, name_key
from tcns.teams.models import Membership, Person, Team


class Helper(NamedTuple):
    """Somebody who was in a team: by the id of the membership."""

    id: int
    full_name: str
    valid_from: date
    valid_to: date | None

    def is_there(self, day: date) -> bool:
        """Whether the membership holds on a day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class Rosters:
    """The members of some teams, read at once."""

    def __init__(self, teams: Collection[Team]) -> None:
        self._of_team: defaultdict[int, list[Helper]] = defaultdict(list)
        columns = (Membership.id, Person.full_name, Membership.valid_from, Membership.valid_to)
        query = select(Membership.team_id, *columns).join(Membership.person)
        query = query.where(in_ids(Membership.team_id, {team.id for team in teams}))
        rows = db.session.execute(query.order_by(Person.sort_key, Membership.id))
        for team_id, *helper in rows:
            self._of_team[team_id].append(Helper(*helper))

    def helpers(self, finding: Finding, team: Team, day: date) -> list[Helper]:
        """Those of the team that day whom a row names; whoever was not in it is noted by name."""
        text = finding.value("helpers")
        if not text:
            return []
        present = [helper for helper in self._of_team[team.id] if helper.is_there(day)]
        bare = {bare_name(helper.full_name) for helper in present}
        named = Counter(names_in(text, lambda name: bare_name(name) in bare))
        found, strange = list[Helper](), list[str]()
        for name, times in named.items():
            alike = called(present, name)
            found += alike
            if not alike:
                strange.append(name)
            else:
                note_how(finding, name, alike, times)
        if strange:
            finding.note("helpers", ProblemKind.UNKNOWN, not_in_team_on(day, strange))
        return [helper for helper in present if helper in found]


def called(present: Collection[Helper], name: str) -> list[Helper]:
    """Those of a name: as it is spelt, else without marks."""
    same = [helper for helper in present if name_key(helper.full_name) == name_key(name)]
    return same or [helper for helper in present if bare_name(helper.full_name) == bare_name(name)]


def note_how(finding: Finding, name: str, alike: Collection[Helper], times: int) -> None:
    """Mark a name that is spelt otherwise; note one that several bear and not all are meant."""
    if len(alike) > times:
        message = _(
            "Several members of the team are called %(name)s that day: leave the name out here, "
            "and add who helped on the session's page.",
            name=name,
        )
        finding.note("helpers", ProblemKind.CONFLICT, message)
        return
    for helper in alike:
        if name_key(helper.full_name) != name_key(name):
            message = _("Marks are missing; only %(name)s fits.", name=helper.full_name)
            finding.mark("helpers", Mark.GUESSED, message)
