"""What rows of a file of members write: persons who join, and corrections."""

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

from tcns.audit.operations import Change, Written
from tcns.i18n import format_day, format_phone
from tcns.imports.kinds.members.memberships_on_file import Held
from tcns.imports.kinds.members.repeated_rows import described_by
from tcns.imports.rows.results import Finding, RowWrite
from tcns.imports.rows.write_plan import Changed, PendingId, WritePlan
from tcns.teams.members.changes import membership_correction, membership_end, membership_row
from tcns.teams.members.person_operations import PersonText, person_correction, person_row
from tcns.teams.members.rules import ONE_DAY, MembershipSpec
from tcns.teams.models import Membership, Person, Team
from tcns.teams.vocabulary import Body, EndReason, MemberRole, Sex

Changes = Mapping[str, Change]
# Follows from the other columns: no row says it.
DERIVED = ("end_reason",)


def nothing(_ledger: WritePlan) -> None:
    """A row about somebody who is on file already writes nothing."""


def joining(finding: Finding, team: Team, spec: MembershipSpec, who: int | Hashable) -> RowWrite:
    """Somebody joins a team: a person on file (an id), or a new one, once for each key."""
    text = described_by(finding)

    def write(plan: WritePlan) -> None:
        person_id: int | PendingId = (
            who
            if isinstance(who, int)
            else plan.create_once(who, lambda: plan.create(Person, *person_row(text, team.area_id)))
        )
        plan.lock(Team, team.id)
        plan.create(Membership, *membership_row(team, person_id, spec))

    return write


def person_as(finding: Finding, held: Held, area_id: int | None) -> Written:
    """A person on file as a row has them; an empty cell leaves what is known."""
    phone = finding.value("phone") or held.phone
    sex = finding.value("sex") or (Sex(held.sex) if held.sex else None)
    text = PersonText(held.full_name, phone, finding.value("birth_year") or held.birth_year, sex)
    return person_correction(held, text, area_id)


def spec_as(finding: Finding, held: Held) -> MembershipSpec:
    """A part on file as a row has it; an empty cell leaves what is known."""
    role = finding.value("role") or MemberRole(held.role)
    body = finding.value("body") or (Body(held.body) if held.body else None)
    first_day = finding.value("since") or held.valid_from
    return MembershipSpec(role, body, first_day, finding.value("until") or held.last_day)


def membership_as(finding: Finding, held: Held, team: Team) -> Written:
    """A membership on file as a row has it: one that lasted and only ends has ended, as somebody
    leaves; any other change puts it right."""
    spec = spec_as(finding, held)
    corrected = membership_correction(held, team, spec)
    if held.valid_to is None and spec.last_day and set(differing(corrected)) == {"valid_to"}:
        return membership_end(held, team, spec.last_day + ONE_DAY, EndReason.LEFT)
    return corrected


def differing(written: Written) -> Changes:
    """What a row says otherwise than what is on file."""
    return {name: pair for name, pair in written.differing.items() if name not in DERIVED}


def correcting(held: Held, person: Written, membership: Written) -> RowWrite:
    """What is on file of somebody is corrected, or their membership ended."""
    gives_way = held.role == MemberRole.LEADER

    def write(plan: WritePlan) -> None:
        if differing(person):
            changed = Changed(held.person_id, held.person_version, person.values)
            plan.change(Person, changed, person.event)
        if differing(membership):
            plan.lock(Team, held.team_id)
            changed = Changed(held.id, held.version, membership.values, gives_way)
            plan.change(Membership, changed, membership.event)

    return write


def in_words(changes: Changes) -> dict[str, tuple[str | None, str | None]]:
    """Old and new values as people read them, by the column of the file."""
    return {
        COLUMN_OF.get(name, name): (_word(name, old), _word(name, new))
        for name, (old, new) in changes.items()
    }


COLUMN_OF = {"valid_from": "since", "valid_to": "until"}


def _word(name: str, value: Any) -> str | None:
    """A value as people read it."""
    if value is None:
        return None
    if isinstance(value, date):
        return format_day(value - ONE_DAY if name == "valid_to" else value)
    vocabulary: Any = {"role": MemberRole, "body": Body, "sex": Sex}.get(name)
    if vocabulary:
        return str(vocabulary(value).label)
    return format_phone(value) if name == "phone" else str(value)
