"""One leader of a team at a time: of those on file and those in a file together."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from tcns.i18n import gettext as _
from tcns.imports.kinds.members.memberships_on_file import Held, Rosters
from tcns.imports.rows.results import Finding
from tcns.imports.vocabulary import Outcome, ProblemKind
from tcns.teams.leading import leading_together


class Claim(NamedTuple):
    """A membership as it will be: on file (`finding` is None) or as a row says.

    `membership_id` is the one on file that the row is about, if any.
    """

    team_id: int
    name: str
    role: str
    valid_from: date
    valid_to: date | None
    finding: Finding | None = None
    membership_id: int | None = None

    @property
    def is_news(self) -> bool:
        """Whether a row changes something."""
        return self.finding is not None and self.finding.outcome is not Outcome.SAME


def claim_of(held: Held) -> Claim:
    """A membership as it is on file."""
    return Claim(held.team_id, held.full_name, held.role, held.valid_from, held.valid_to)


def note_second_leaders(claims: Sequence[Claim], rosters: Rosters) -> None:
    """Note each row by which a team would have two leaders at a time."""
    value: defaultdict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        value[claim.team_id].append(claim)
    for team_id, own in value.items():
        changed = {claim.membership_id for claim in own}
        kept = [claim_of(held) for held in rosters.of_team[team_id] if held.id not in changed]
        _note_pairs([*own, *kept])


def _note_pairs(claims: Sequence[Claim]) -> None:
    """Note both rows of two parts that lead one team on a common day."""
    for one, other in leading_together(claims):
        if one.is_news or other.is_news:
            for claim, rival in ((one, other), (other, one)):
                if claim.finding:
                    message = _("%(name)s leads this team as well: it has one leader at a time.")
                    message %= {"name": rival.name}
                    claim.finding.note("role", ProblemKind.LEADERS, message)
