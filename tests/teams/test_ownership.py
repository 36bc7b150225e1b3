"""Who keeps a person's data: the rule over memberships, beside an oracle that counts days."""

from datetime import date, timedelta
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from tcns.teams.ownership import HandOver, keeping_part

FIRST, TODAY = date(2024, 1, 1), date(2024, 1, 21)
ALL_DAYS = [FIRST + timedelta(days=number) for number in range(30)]


class Part(NamedTuple):
    """A membership, so far as it decides."""

    id: int
    team_id: int
    valid_from: date
    valid_to: date | None


def day(number: int) -> date:
    return date(2024, 1, number)


def keeper(*parts: tuple[int, int, int | None], handed: HandOver | None = None) -> int | None:
    """The team of the membership that keeps the data, of parts told by team, first day, end."""
    made = [
        Part(number, team, day(first), day(end) if end else None)
        for number, (team, first, end) in enumerate(parts)
    ]
    found = keeping_part(made, TODAY, handed)
    return found.team_id if found else None


def test_the_oldest_membership_of_today_keeps_the_data() -> None:
    assert keeper((1, 5, None), (2, 3, None)) == 2
    assert keeper((1, 5, None), (2, 3, 10)) == 1
    assert keeper() is None


def test_a_change_of_role_goes_on_with_the_same_membership() -> None:
    assert keeper((1, 2, 15), (1, 15, None), (2, 9, None)) == 1
    assert keeper((1, 2, 14), (1, 15, None), (2, 9, None)) == 2


def test_who_is_in_no_team_is_kept_where_they_were_last() -> None:
    assert keeper((1, 2, 15), (2, 3, 9)) == 1


def test_data_handed_over_are_kept_there_until_the_membership_ends() -> None:
    handed = HandOver(2, day(12))
    assert keeper((1, 2, None), (2, 5, None), handed=handed) == 2
    assert keeper((1, 2, None), (2, 5, 14), (2, 14, None), handed=handed) == 2
    assert keeper((1, 2, None), (2, 5, 14), handed=handed) == 1
    assert keeper((1, 2, None), (2, 5, 14), (2, 16, None), handed=handed) == 1


@st.composite
def histories(draw: st.DrawFn) -> list[Part]:
    """Memberships in up to three teams, in each one after the other."""
    parts: list[Part] = []
    for team in (1, 2, 3):
        cuts = sorted(draw(st.sets(st.sampled_from(ALL_DAYS[:20]), max_size=5)))
        ends = [*cuts[1:], draw(st.sampled_from([None, TODAY, ALL_DAYS[25]]))]
        for starts, until in zip(cuts, ends, strict=False):
            if draw(st.booleans()):
                parts.append(Part(len(parts) + 1, team, starts, until))
    return draw(st.permutations(parts))


def days_in(parts: list[Part], team: int) -> set[date]:
    """The days on which somebody is in a team."""
    own = [each for each in parts if each.team_id == team]
    return {
        on for on in ALL_DAYS if any(p.valid_from <= on < (p.valid_to or date.max) for p in own)
    }


def unbroken(parts: list[Part], team: int) -> int:
    """For how many days, today included, somebody is in a team without a gap."""
    days, count = days_in(parts, team), 0
    while TODAY - timedelta(days=count) in days:
        count += 1
    return count


@given(
    histories(),
    st.none() | st.builds(HandOver, st.sampled_from([1, 2, 3]), st.sampled_from(ALL_DAYS[:21])),
)
def test_the_rule_says_what_counting_the_days_says(
    parts: list[Part], handed: HandOver | None
) -> None:
    found = keeping_part(parts, TODAY, handed)
    lengths = {team: unbroken(parts, team) for team in (1, 2, 3)}
    if not parts:
        assert found is None
        return
    assert found is not None
    if not any(lengths.values()):
        last = max(each.valid_to or date.max for each in parts)
        assert (found.valid_to or date.max) == last
    elif handed and lengths[handed.team_id] > (TODAY - handed.on).days:
        assert found.team_id == handed.team_id
    else:
        assert lengths[found.team_id] == max(lengths.values())
