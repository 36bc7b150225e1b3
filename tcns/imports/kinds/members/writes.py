"""What rows of a file of members write: persons who join, and what is put right of members."""

from collections.abc import Hashable
from datetime import date
from typing import Any

from tcns.audit.vocabulary import Event
from tcns.i18n import format_day, format_phone
from tcns.imports.kinds.members.memberships_on_file import Held
from tcns.imports.rows.results import Finding, RowWrite
from tcns.imports.rows.write_plan import Changed, PendingId, PlannedEvent, WritePlan
from tcns.teams.members.rules import ONE_DAY, MembershipSpec
from tcns.teams.models import Membership, Person, Team
from tcns.teams.vocabulary import Body, EndReason, MemberRole
from tcns.vietnamese import fold, name_sort_key

Changes = dict[str, tuple[Any, Any]]


def nothing(_ledger: WritePlan) -> None:
    """A row about somebody who is on file already writes nothing."""


def joining(finding: Finding, team: Team, spec: MembershipSpec, who: int | Hashable) -> RowWrite:
    """Somebody joins a team: a person on file (an id), or a new one, once for each key."""
    team_id, area_id, ends = team.id, team.area_id, spec.ends(team)
    person = {field: finding.value(field) for field in ("phone", "birth_year")}
    person = {"full_name": finding.value("name"), **person}

    def write(plan: WritePlan) -> None:
        person_id: int | PendingId = (
            who
            if isinstance(who, int)
            else plan.create_once(who, lambda: _add_person(plan, person, area_id))
        )
        values = {
            "person_id": person_id,
            "team_id": team_id,
            "role": spec.role.value,
            "body": spec.body.value if spec.body else None,
            "valid_from": spec.first_day,
            "valid_to": ends,
        }
        changes = {name.removesuffix("_id"): (None, value) for name, value in values.items()}
        value = PlannedEvent(Event.MEMBER_ADDED, area_id, changes)
        plan.lock(Team, team_id)
        plan.create(Membership, values, value)

    return write


def _add_person(plan: WritePlan, person: dict[str, Any], area_id: int) -> PendingId:
    """A new person, with the keys of the name."""
    name = person["full_name"]
    keys = {"search_key": fold(name), "sort_key": name_sort_key(name)}
    changes = {field: (None, value) for field, value in person.items()}
    return plan.create(Person, person | keys, PlannedEvent(Event.PERSON_ADDED, area_id, changes))


def person_changes(finding: Finding, held: Held) -> Changes:
    """What a row says otherwise of a person."""
    return _differing({name: (getattr(held, name), finding.value(name)) for name in PERSON_FIELDS})


PERSON_FIELDS = ("phone", "birth_year")


def membership_changes(finding: Finding, held: Held) -> Changes:
    """What a row says otherwise of a membership."""
    role, body, until = (finding.value(name) for name in ("role", "body", "until"))
    return _differing(
        {
            "role": (held.role, role.value if role else None),
            "body": (held.body, body.value if body else None),
            "valid_from": (held.valid_from, finding.value("since")),
            "valid_to": (held.valid_to, until + ONE_DAY if until else None),
        }
    )


def _differing(pairs: Changes) -> Changes:
    """The pairs of which the row says something, and something else."""
    return {name: pair for name, pair in pairs.items() if pair[1] not in (None, pair[0])}


def correcting(area_id: int, held: Held, person: Changes, spec: Changes) -> RowWrite:
    """What is on file of somebody is put right, or their membership ended."""
    ends_now = set(spec) == {"valid_to"} and held.valid_to is None
    event = Event.MEMBERSHIP_ENDED if ends_now else Event.MEMBERSHIP_CORRECTED
    gives_way = held.role == MemberRole.LEADER

    def write(plan: WritePlan) -> None:
        if person:
            changed = Changed(held.person_id, held.person_version, _new(person))
            plan.change(Person, changed, PlannedEvent(Event.PERSON_CORRECTED, area_id, person))
        if spec:
            plan.lock(Team, held.team_id)
            values = _new(spec) | ({"end_reason": EndReason.LEFT.value} if ends_now else {})
            changed = Changed(held.id, held.version, values, gives_way)
            plan.change(Membership, changed, PlannedEvent(event, area_id, spec))

    return write


def _new(changes: Changes) -> dict[str, Any]:
    """The values that columns get."""
    return {name: new for name, (_old, new) in changes.items()}


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
    vocabulary: Any = {"role": MemberRole, "body": Body}.get(name)
    if vocabulary:
        return str(vocabulary(value).label)
    return format_phone(value) if name == "phone" else str(value)
