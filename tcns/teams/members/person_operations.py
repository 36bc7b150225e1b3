"""What changes persons: taking one on file, putting one right, taking one back."""

from dataclasses import dataclass
from datetime import date

from tcns.accounts.models import User
from tcns.accounts.operations import rename_account
from tcns.audit.operations import PlannedEvent, Written, add_row, change_row, record
from tcns.audit.vocabulary import Event
from tcns.clock import today
from tcns.database import db
from tcns.database.locking import lock
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.permissions.vocabulary import Permission
from tcns.teams.identity import Described
from tcns.teams.members.person_queries import keeping_commune
from tcns.teams.models import Membership, Person, Team
from tcns.teams.queries import commune_of
from tcns.teams.vocabulary import Sex

EARLIEST_BIRTH_YEAR = 1920
YOUNGEST_MEMBER = 16  # members of the Youth Union


@dataclass(frozen=True)
class PersonText:
    """What is known of a person: one full name, a phone in E.164, a year of birth and the sex, each
    if any."""

    full_name: str
    phone: str | None = None
    birth_year: int | None = None
    sex: Sex | None = None


def person_by_id(person_id: int) -> Person:
    """A person on file; raises RuleViolation where somebody took them back."""
    person = db.session.get(Person, person_id)
    if person is None:
        raise RuleViolation(_("Somebody else has removed this in the meantime."))
    return person


def standing_person(person_id: int) -> Person | None:
    """The row that stands for a person on file: the one into whom they were merged, if any."""
    person = db.session.get(Person, person_id)
    return person and person.standing


def add_person(text: PersonText, *, team: Team, by: User) -> Person:
    """Take a person on file who joins a team for the first time."""
    _check_birth_year(text.birth_year)
    return add_row(Person, person_row(text, team.area_id), by=by)


def person_row(text: PersonText, area_id: int) -> Written:
    """What is written of a person who comes on file where they join first."""
    changes = {field: (None, value) for field, value in vars(text).items()}
    values = vars(text) | Person.keys_of(text.full_name)
    return Written(values, PlannedEvent(Event.PERSON_ADDED, area_id, changes))


def correct_person(
    person: Person, text: PersonText, *, by: User, version: int | None = None
) -> None:
    """Put a person's name, phone, year of birth or sex right; their account is called like them.

    Only the commune that keeps the person's data may do it.
    """
    lock(person, version)
    _check_birth_year(text.birth_year)
    _check_kept_by(person, by)
    change_row(person, person_correction(person, text, keeping_area(person)), by=by)
    if person.user:
        rename_account(person.user, text.full_name, by=by)


def person_correction(person: Described, text: PersonText, area_id: int | None) -> Written:
    """What is written when a person is corrected, on record where they are kept."""
    changes = {field: (getattr(person, field), value) for field, value in vars(text).items()}
    values = vars(text) | Person.keys_of(text.full_name)
    return Written(values, PlannedEvent(Event.PERSON_CORRECTED, area_id, changes))


def is_kept_by(person: Person, user: User) -> bool:
    """Whether a user may change persons where this one's data are kept."""
    keeping = person.keeping_membership(today())
    return keeping is not None and user.scope_for(Permission.PERSON_WRITE).covers(keeping)


def keeping_area(person: Person) -> int | None:
    """The area where a person is kept: what happens to them is on record there."""
    keeping = person.keeping_membership(today())
    return keeping.team.area_id if keeping else None


def is_handed_over(person: Person) -> bool:
    """Whether a person's data are kept today where they were handed over to."""
    keeping = person.keeping_membership(today())
    return keeping is not None and keeping.team_id == person.handed_to_id


def hand_over_person(person: Person, team: Team, *, by: User, version: int | None = None) -> None:
    """Hand a person's data over to the commune of another team in which they are today.

    Only the commune that keeps them may do it; the other may hand them back. They fall back by
    themselves when the person leaves that team.
    """
    lock(person, version)
    _check_kept_by(person, by)
    keeping, on = person.keeping_membership(today()), today()
    if keeping is None or not any(_is_in(part, team, on) for part in person.memberships):
        message = _("%(name)s is no member there today.", name=person.full_name)
        raise RuleViolation(message, "team")
    former, successor = commune_of(keeping.team), commune_of(team)
    person.handed_to_id, person.handed_over_on = team.id, on
    changes = {"kept_by": (former.id, successor.id)}
    area_id = keeping.team.area_id
    record(Event.PERSON_HANDED_OVER, by=by, on=person, area_id=area_id, changes=changes)


def _is_in(part: Membership, team: Team, day: date) -> bool:
    """Whether a membership is one of a team on a day."""
    return part.team_id == team.id and part.is_valid_on(day)


def _check_kept_by(person: Person, user: User) -> None:
    """Refuse who does not keep the person's data; of who does no more is told than the commune."""
    if not is_kept_by(person, user):
        raise RuleViolation(kept_elsewhere(keeping_commune(person)))


def kept_elsewhere(commune: str) -> str:
    """That a person's data are kept by another commune."""
    return _(
        "The name, phone and year of birth of this person are kept by %(commune)s.",
        commune=commune,
    )


def withdraw_person(person: Person, *, area_id: int, by: User) -> None:
    """Take back a person who was entered by mistake and is in no team."""
    changes = {
        "full_name": (person.full_name, None),
        "phone": (person.phone, None),
        "birth_year": (person.birth_year, None),
        "sex": (person.sex, None),
    }
    record(Event.PERSON_WITHDRAWN, by=by, on=person, area_id=area_id, changes=changes)
    db.session.delete(person)


def last_birth_year() -> int:
    """The last year in which a member can have been born."""
    return today().year - YOUNGEST_MEMBER


def _check_birth_year(year: int | None) -> None:
    """Refuse a year in which no member can have been born."""
    if year is not None and not EARLIEST_BIRTH_YEAR <= year <= last_birth_year():
        message = _(
            "A year of birth lies between %(first)s and %(last)s.",
            first=EARLIEST_BIRTH_YEAR,
            last=last_birth_year(),
        )
        raise RuleViolation(message, "birth_year")
