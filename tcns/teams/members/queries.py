"""Questions about persons and their memberships."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, select, true
from sqlalchemy.orm import contains_eager

from tcns.areas.places import Place, Trail, name_order, trails
from tcns.clock import today
from tcns.database import db
from tcns.database.id_lists import in_ids
from tcns.database.ordering import USUAL, Order, in_order, rank_in
from tcns.permissions.scope import Scope
from tcns.teams.models import EstablishingDecision, Membership, Person, Team
from tcns.teams.person_queries import NO_PHONES, PhoneScopes
from tcns.teams.rules import trained_by
from tcns.teams.search import person_matches
from tcns.teams.vocabulary import Body, MemberRole, SexShown, Trained


@dataclass(frozen=True)
class MemberFilter:
    """Which memberships, or whose, a list shows: those on the day `on` in teams of a place.

    Looked for and sorted are only the phones that `phones` lets the visitor see.
    """

    on: date
    place: Place
    text: str = ""
    role: MemberRole | None = None
    body: Body | None = None
    sex: SexShown | None = None
    trained: Trained | None = None
    order: Order = USUAL
    phones: PhoneScopes = NO_PHONES


class PlacedMembership(NamedTuple):
    """A membership as a list shows it: with the areas of its team on a map."""

    membership: Membership
    trail: Trail


class PersonRow(NamedTuple):
    """A person as a list shows them: with their parts on its day."""

    person: Person
    memberships: list[PlacedMembership]


def accounts_of_leaders(teams: Sequence[Team]) -> set[int]:
    """The accounts of those who lead some teams today."""
    query = (
        select(Person.user_id)
        .join(Membership, Membership.person_id == Person.id)
        .where(in_ids(Membership.team_id, [team.id for team in teams]))
        .where(Membership.role == MemberRole.LEADER, Membership.valid_on(today()))
        .where(Person.user_id.is_not(None))
    )
    return set(db.session.scalars(query))


def memberships_in(scope: Scope, wanted: MemberFilter) -> Select[tuple[Membership]]:
    """The memberships that a list shows, usually in Vietnamese order of given names."""
    query = _counted(select(Membership), scope, wanted).options(
        contains_eager(Membership.person), contains_eager(Membership.team)
    )
    columns = {
        "name": Person.sort_key,
        "phone": _shown_phone(wanted),
        "role": rank_in(MemberRole, Membership.role),
        "team": Team.sort_key,
        "area": name_order(Team.area_id, wanted.place.map_on),
        "body": rank_in(Body, Membership.body),
        "since": Membership.valid_from,
    }
    usual = Person.sort_key, Person.id, Team.sort_key, Membership.id
    return in_order(query, wanted.order, columns, *usual)


def persons_in(scope: Scope, wanted: MemberFilter) -> Select[tuple[Person]]:
    """The persons whose memberships a list counts, each once, usually by given name."""
    counted = _counted(select(Membership.person_id), scope, wanted)
    columns = {"name": Person.sort_key, "phone": _shown_phone(wanted)}
    query = select(Person).where(Person.id.in_(counted))
    return in_order(query, wanted.order, columns, Person.sort_key, Person.id)


def _shown_phone(wanted: MemberFilter) -> ColumnElement[str | None]:
    """The phone, where it is seen in full: an order by the others would tell of them."""
    return case((wanted.phones.clause(), Person.phone))


def _counted(query: Select[Any], scope: Scope, wanted: MemberFilter) -> Select[Any]:
    """The query over memberships on the day, in teams of the day, that the filter lets through."""
    query = (
        query.join(Membership.person)
        .join(Membership.team)
        .where(scope.clause(Team), wanted.place.holds(Team.area_id))
        .where(person_matches(wanted.text, wanted.phones))
        .where(Membership.valid_on(wanted.on), Team.valid_on(wanted.on))
    )
    if wanted.role:
        query = query.where(Membership.role == wanted.role)
    if wanted.body:
        query = query.where(Membership.body == wanted.body)
    if wanted.sex:
        query = query.where(_has_sex(wanted.sex))
    return query.where(_is_trained(wanted))


def _has_sex(shown: SexShown) -> ColumnElement[bool]:
    """The clause that a person is of a sex, or that it is recorded, or is not."""
    if shown is SexShown.RECORDED:
        return Person.sex.is_not(None)
    return Person.sex.is_(None) if shown is SexShown.UNKNOWN else Person.sex == shown.value


def _is_trained(wanted: MemberFilter) -> ColumnElement[bool]:
    """The clause that somebody had finished a course by the day, or none, or either."""
    if wanted.trained is None:
        return true()
    trained = trained_by(wanted.on)
    is_in = (
        Membership.person_id.in_ if wanted.trained is Trained.WITH else Membership.person_id.not_in
    )
    return is_in(trained)


def with_trails(memberships: Sequence[Membership], map_on: date) -> list[PlacedMembership]:
    """Some memberships with the areas of their teams."""
    placed = trails((membership.team.area_id for membership in memberships), map_on)
    return [PlacedMembership(each, placed.get(each.team.area_id, {})) for each in memberships]


def person_rows(scope: Scope, persons: Sequence[Person], wanted: MemberFilter) -> list[PersonRow]:
    """Some persons with their memberships of the day within the scope."""
    query = (
        _of_persons(scope, [person.id for person in persons])
        .where(Membership.valid_on(wanted.on), Team.valid_on(wanted.on))
        .order_by(Team.sort_key, Membership.id)
    )
    memberships: defaultdict[int, list[PlacedMembership]] = defaultdict(list)
    for placed in with_trails(db.session.scalars(query).all(), wanted.place.map_on):
        memberships[placed.membership.person_id].append(placed)
    return [PersonRow(person, memberships[person.id]) for person in persons]


def memberships_until(
    scope: Scope, person: Person, on: date, map_on: date
) -> list[PlacedMembership]:
    """The memberships of a person in teams of the scope that began by a day, the latest first."""
    query = _of_persons(scope, [person.id]).where(Membership.valid_from <= on)
    found = db.session.scalars(query.order_by(Membership.valid_from.desc(), Membership.id.desc()))
    return with_trails(found.all(), map_on)


def _of_persons(scope: Scope, person_ids: Sequence[int]) -> Select[tuple[Membership]]:
    return (
        select(Membership)
        .join(Membership.team)
        .options(contains_eager(Membership.team))
        .where(Membership.person_id.in_(person_ids), scope.clause(Team))
    )


def decision_numbers(memberships: Sequence[Membership]) -> dict[int, str]:
    """The numbers of the decisions that some memberships rest on, by the decision's id."""
    ids = {membership.decision_id for membership in memberships} - {None}
    query = select(EstablishingDecision.id, EstablishingDecision.number)
    return dict(db.session.execute(query.where(EstablishingDecision.id.in_(ids))).tuples().all())


def outlasting(team: Team, ends: date) -> list[Membership]:
    """The team's memberships that would outlast the day before `ends`."""
    query = select(Membership).where(
        Membership.team_id == team.id,
        Membership.valid_to.is_(None) | (Membership.valid_to > ends),
    )
    return list(db.session.scalars(query.order_by(Membership.id)))
