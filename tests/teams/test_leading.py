"""One leader at a time: the rule over intervals, and the same counted day by day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tcns.teams.leading import RoleHeld, leading_together, share_a_day
from tcns.teams.vocabulary import MemberRole

FIRST = date(2024, 2, 26)  # over the end of a February
DAYS = 12


@st.composite
def parts(draw: st.DrawFn) -> RoleHeld:
    """A part of at least one day, perhaps without an end."""
    starts = draw(st.integers(0, DAYS - 2))
    ends = draw(st.none() | st.integers(starts + 1, DAYS - 1))
    role = draw(st.sampled_from(MemberRole))
    until = None if ends is None else FIRST + timedelta(days=ends)
    return RoleHeld(role, FIRST + timedelta(days=starts), until)


def holds(part: RoleHeld, day: date) -> bool:
    return part.valid_from <= day and (part.valid_to is None or day < part.valid_to)


@given(st.lists(parts(), max_size=6))
def test_two_lead_together_just_where_some_day_has_both_as_leaders(team: list[RoleHeld]) -> None:
    named = [part._replace(whose=place) for place, part in enumerate(team)]
    by_day = set()
    for day in (FIRST + timedelta(days=number) for number in range(DAYS)):
        leaders = [p.whose for p in named if p.role is MemberRole.LEADER and holds(p, day)]
        by_day |= {(one, other) for one in leaders for other in leaders if one < other}
    found = [(one.whose, other.whose) for one, other in leading_together(named)]
    assert sorted(found) == sorted(by_day)
    assert len(found) == len(set(found))


@given(parts(), parts())
def test_sharing_a_day_is_mutual_and_what_the_days_say(one: RoleHeld, other: RoleHeld) -> None:
    days = [FIRST + timedelta(days=number) for number in range(DAYS)]
    assert share_a_day(one, other) == any(holds(one, day) and holds(other, day) for day in days)
    assert share_a_day(one, other) == share_a_day(other, one)
