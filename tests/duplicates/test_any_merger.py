"""Whatever two rows of one person hold: joined nothing is lost, undone it is as it was."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tcns.accounts.models import User
from tcns.activities.models import Activity, Attendance
from tcns.database import db
from tcns.duplicates.operations import merge_persons
from tcns.teams.members.person_merge import clusters, role_periods_of
from tcns.teams.members.person_operations import PersonText
from tcns.teams.models import Membership
from tcns.teams.vocabulary import Body, MemberRole
from tcns.undo.operations import reverse
from tests.duplicates.conftest import everything, person
from tests.factories import make_activity, make_membership, make_person, make_team, make_training
from tests.torture import examples
from tests.world import World

FIRST, DAYS = date(2024, 1, 1), 12
# A team has one leader at a time: of the two rows only one ever leads.
LEADING, FOLLOWING = list(MemberRole), [MemberRole.DEPUTY, MemberRole.MEMBER]


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


@st.composite
def histories(
    draw: st.DrawFn, roles: list[MemberRole]
) -> list[tuple[int, date, date | None, MemberRole]]:
    """Parts of one person in two teams, never two at a time in one: team, days, role."""
    found = []
    for team in (0, 1):
        cuts = draw(st.lists(st.integers(0, DAYS), unique=True, max_size=5).map(sorted))
        for first, ends in pairwise([*cuts, None]):
            if draw(st.booleans()):
                found.append((team, day(first), ends and day(ends), draw(st.sampled_from(roles))))
    return found or [(0, FIRST, None, MemberRole.MEMBER)]


def make_row(teams: Sequence[int], history: Any, data: st.DataObject, by: User) -> int:
    """A person with these parts, training, and sessions helped at under them."""
    person_id = make_person(full_name="Ma Văn Đôi")
    make_training(person_id)
    for team, first, ends, role in history:
        body = data.draw(st.sampled_from([None, *Body]))
        part = make_membership(
            teams[team], person_id, role=role, body=body, valid_from=first, valid_to=ends
        )
        last = ends or day(DAYS + 2)
        for number in data.draw(st.sets(st.integers(0, (last - first).days - 1), max_size=3)):
            attend(teams[team], first + timedelta(days=number), part, by)
    return person_id


def attend(team: int, held_on: date, part: int, by: User) -> None:
    """Help at the team's session of a day, which both may have helped at."""
    same = select(Activity.id).where(Activity.team_id == team, Activity.held_on == held_on)
    activity = db.session.scalar(same)
    if activity is None:
        activity = make_activity(team, by.id, held_on=held_on)
    db.session.add(Attendance(activity_id=activity, membership_id=part))
    db.session.flush()


def presence(*person_ids: int) -> set[tuple[int, date]]:
    """The teams and days on which one of the persons was there."""
    parts = db.session.scalars(select(Membership).where(Membership.person_id.in_(person_ids)))
    days = [day(number) for number in range(DAYS + 3)]
    return {(part.team_id, each) for part in parts for each in days if part.is_valid_on(each)}


def helped(*person_ids: int) -> set[int]:
    """The sessions at which one of the persons helped."""
    query = select(Attendance.activity_id).join(Attendance.membership)
    return set(db.session.scalars(query.where(Membership.person_id.in_(person_ids))))


def is_once_at_a_time(person_id: int) -> bool:
    """Whether the person is in no team twice on one day, and helped on days of their parts."""
    parts = db.session.scalars(select(Membership).where(Membership.person_id == person_id)).all()
    alone = all(
        len([p for p in parts if p.team_id == part.team_id and p.is_valid_on(part.valid_from)]) == 1
        for part in parts
    )
    query = select(Membership, Activity.held_on).select_from(Attendance)
    query = query.join(Attendance.membership).join(Attendance.activity)
    rows = db.session.execute(query.where(Membership.person_id == person_id))
    return alone and all(part.is_valid_on(held_on) for part, held_on in rows)


@settings(
    deadline=None,
    max_examples=examples(25),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(one=histories(LEADING), other=histories(FOLLOWING), data=st.data())
def test_joining_loses_nothing_and_undoing_is_the_identity(
    official: User, world: World, one: Any, other: Any, data: st.DataObject
) -> None:
    with db.session.begin_nested() as example:
        teams = [make_team(world.places[key].id) for key in ("village", "hamlet")]
        kept, merged = (make_row(teams, each, data, official) for each in (one, other))
        db.session.expire_all()
        before, there, at = everything(), presence(kept, merged), helped(kept, merged)
        text = PersonText("Ma Văn Đôi", None, 1990)
        done = merge_persons(person(kept), person(merged), text, by=official)
        assert presence(kept) == there
        assert helped(kept) == at
        assert presence(merged) == set()
        assert is_once_at_a_time(kept)
        reverse(done, by=official)
        assert everything() == before
        example.rollback()
    db.session.expire_all()


@given(one=histories(LEADING), other=histories(FOLLOWING))
def test_on_each_day_the_higher_role_holds(one: Any, other: Any) -> None:
    parts = [
        Membership(person_id=person_id, team_id=team, role=role, valid_from=first, valid_to=ends)
        for person_id, history in ((1, one), (2, other))
        for team, first, ends, role in history
        if team == 0
    ]
    ranks = list(MemberRole)
    for cluster in clusters(parts):
        stretches = role_periods_of(cluster)
        for on in map(day, range(DAYS + 3)):
            roles = [part.member_role for part in cluster if part.is_valid_on(on)]
            held = [s.role for s in stretches if s.starts <= on and (s.ends or date.max) > on]
            assert held == sorted(roles, key=ranks.index)[:1]
