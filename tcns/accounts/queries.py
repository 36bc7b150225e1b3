"""Questions about accounts and the devices signed in."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, or_, select
from sqlalchemy.orm import selectinload

from tcns.accounts.models import RoleAssignment, SignIn, User
from tcns.accounts.user_names import numbered, official_of, plain_user_name, stem_of
from tcns.accounts.vocabulary import HOME_LEVELS, State
from tcns.areas import queries as areas
from tcns.areas.models import Area, AreaName
from tcns.areas.places import name_order
from tcns.clock import now, today
from tcns.database import db
from tcns.database.ordering import USUAL, Order, in_order
from tcns.permissions.scope import Scope
from tcns.permissions.vocabulary import Role
from tcns.vietnamese import search_words

# In filters: accounts to which no role is granted, as team members have them.
NO_ROLE = "none"
# Who keeps the records of a commune, and of the province.
KEEPERS = (Role.COMMUNE_OFFICIAL, Role.PROVINCE_ADMINISTRATOR)


@dataclass(frozen=True)
class Wanted:
    """Which accounts a list shows; None where it does not matter.

    `text` is found in full name or user name, without marks; `role` is a granted role or NO_ROLE;
    `area` the id of an area on the map day, with everything below it and all it took over.
    """

    text: str | None = None
    role: str | None = None
    area: int | None = None
    state: State | None = None
    order: Order = USUAL


def accounts_in(scope: Scope, wanted: Wanted) -> Select[tuple[User]]:
    """The accounts of the scope, usually in Vietnamese order by given name."""
    conditions = [_has_word(word) for word in search_words(wanted.text or "")]
    if wanted.role:
        conditions.append(_has_role(wanted.role))
    if wanted.area is not None:
        conditions.append(User.home_area_id.in_(areas.within_area(wanted.area, areas.map_day())))
    if wanted.state:
        conditions.append(_is_in(wanted.state))
    query = select(User).where(scope.clause(User), *conditions)
    columns = {
        "name": User.sort_key,
        "user_name": User.user_name,
        "area": name_order(User.home_area_id, areas.map_day()),
        "last_seen": _last_seen(),
    }
    return in_order(
        query.options(selectinload(User.assignments)),
        wanted.order,
        columns,
        User.sort_key,
        User.user_name,
    )


def _last_seen() -> ScalarSelect[datetime]:
    """When each account was last seen on any device."""
    seen = select(func.max(SignIn.last_seen_at)).where(SignIn.user_id == User.id)
    return seen.correlate(User).scalar_subquery()


def _has_word(word: str) -> ColumnElement[bool]:
    """The condition that a word occurs in the name or the user name."""
    return or_(
        User.search_key.contains(word, autoescape=True),
        User.user_name.contains(word, autoescape=True),
    )


def _has_role(role: str) -> ColumnElement[bool]:
    """The condition that the account has this role today, or none at all."""
    today_granted = RoleAssignment.valid_on(today())
    if role == NO_ROLE:
        return ~User.assignments.any(today_granted)
    return User.assignments.any(and_(RoleAssignment.role == role, today_granted))


def _is_in(state: State) -> ColumnElement[bool]:
    """The condition that says in SQL what User.state says of one account."""
    if state is State.CLOSED:
        return User.disabled_at.is_not(None)
    has_password = User.password_hash.is_not(None)
    return and_(
        User.disabled_at.is_(None), has_password if state is State.IN_USE else ~has_password
    )


def last_seen(users: Iterable[User]) -> dict[int, datetime]:
    """When each of these users was last seen on any device; without those who never were."""
    query = (
        select(SignIn.user_id, func.max(SignIn.last_seen_at))
        .where(SignIn.user_id.in_([user.id for user in users]))
        .group_by(SignIn.user_id)
    )
    return {user_id: moment for user_id, moment in db.session.execute(query)}


def names_of_accounts(scope: Scope, ids: Collection[int]) -> dict[int, str]:
    """The full names of those of some accounts that lie in the scope, by their ids."""
    query = select(User.id, User.full_name).where(User.id.in_(ids), scope.clause(User))
    return dict(db.session.execute(query).tuples().all())


def find_user(user_name: str) -> User | None:
    """The account with this user name, however it was typed."""
    return db.session.scalar(select(User).where(User.user_name == plain_user_name(user_name)))


def officials_of(areas_asked: Collection[Area]) -> set[int]:
    """The accounts of those who keep the records of some communes today, or of the province."""
    query = (
        select(User.id)
        .join(RoleAssignment, RoleAssignment.user_id == User.id)
        .where(RoleAssignment.role.in_(KEEPERS), RoleAssignment.valid_on(today()))
        .where(RoleAssignment.area_id.in_([area.id for area in areas_asked]))
        .where(User.disabled_at.is_(None))
    )
    return set(db.session.scalars(query))


def suggest_user_name(full_name: str, *, commune_code: str | None = None) -> str:
    """The user name of an account for which none was typed: the given name and a number, duc1.

    With a commune's code, xa. and this code, unless another official of it is called so. The first
    free number, not one above the greatest: somebody may have chosen a name with a long number.
    """
    if commune_code and not find_user(official_of(commune_code)):
        return official_of(commune_code)
    stem = stem_of(full_name)
    names = db.session.scalars(select(User.user_name).where(User.user_name.startswith(stem)))
    taken = set(names)
    return next(name for number in count(1) if (name := numbered(stem, number)) not in taken)


def sign_ins_of(user: User) -> list[SignIn]:
    """The devices on which the user is signed in now, the last seen first."""
    moment = now()
    query = select(SignIn).where(
        SignIn.user_id == user.id, SignIn.ended_at.is_(None), SignIn.expires_at > moment
    )
    found = db.session.scalars(query.order_by(SignIn.last_seen_at.desc(), SignIn.id))
    return [sign_in for sign_in in found if sign_in.holds_at(moment)]


def sign_in_of(user: User, sign_in_id: int) -> SignIn | None:
    """One of the user's own devices on which they are signed in now."""
    return next((found for found in sign_ins_of(user) if found.id == sign_in_id), None)


def home_code(user: User) -> str:
    """The code on the map of the area an account belongs to, or of the one that took it over.

    Empty where no single area of the same level did: somebody has to say where it belongs now.
    """
    day = areas.map_day()
    seat = areas.allocation_of(user.home_area_id, day)
    home = db.session.get(Area, user.home_area_id)
    if seat is None or home is None or seat.level != home.level:
        return ""
    return areas.labels([seat.id], day)[seat.id].code


def home_areas(scope: Scope) -> list[tuple[Area, AreaName]]:
    """The areas of the scope an account can belong to, with their names: from the province down."""
    day = areas.map_day()
    province = areas.province(day)
    if province is None:
        return []
    query = (
        select(Area, AreaName)
        .join(AreaName, and_(AreaName.area_id == Area.id, AreaName.valid_on(day)))
        .where(Area.level.in_(HOME_LEVELS), scope.clause(Area))
        .where(Area.id.in_(areas.below([province.id], day)))
        .order_by(AreaName.sort_key, AreaName.code)
    )
    found = [(area, name) for area, name in db.session.execute(query)]
    return sorted(found, key=lambda row: row[0].step.rank)


def guessable_words(user: User) -> list[str]:
    """The words anybody would try in this user's password: names of the user and of the places."""
    day = areas.map_day()
    places = [areas.province_label(day), *areas.labels([user.home_area_id], day).values()]
    return [user.user_name, user.full_name, *(place.name for place in places)]
