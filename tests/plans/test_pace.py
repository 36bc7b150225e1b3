"""How a figure stands against its target: met, on track, behind, and what is missing."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcns.plans.pace import Goal, Portion, judge
from tcns.plans.vocabulary import Standing

STARTS, DUE = date(2026, 1, 1), date(2026, 12, 31)
SHARE = Goal(Decimal("95"), is_share=True, starts_on=STARTS, due_on=DUE)
COUNT = Goal(Decimal("1000"), is_share=False, starts_on=STARTS, due_on=DUE)
NOTHING = Portion(0)
MOST = Goal(Decimal("5"), is_share=True, starts_on=STARTS, due_on=DUE, is_most=True)


@pytest.mark.parametrize(
    ("goal", "now", "begun", "day", "standing", "gap"),
    [
        # 95 % of 240 villages are 228
        (SHARE, Portion(216, 240), Portion(216, 240), STARTS, Standing.BEHIND, 12),
        (SHARE, Portion(227, 240), NOTHING, DUE, Standing.BEHIND, 1),
        (SHARE, Portion(228, 240), NOTHING, STARTS, Standing.MET, 0),
        # half of the year is over at the end of 2 July but for half a day
        (COUNT, Portion(502), NOTHING, date(2026, 7, 2), Standing.ON_TRACK, 498),
        (COUNT, Portion(501), NOTHING, date(2026, 7, 2), Standing.BEHIND, 499),
        # who began with 800 has only 200 to go
        (COUNT, Portion(890), Portion(800), date(2026, 7, 2), Standing.BEHIND, 110),
        (COUNT, Portion(905), Portion(800), date(2026, 7, 2), Standing.ON_TRACK, 95),
        (SHARE, Portion(0, 0), NOTHING, DUE, Standing.UNKNOWN, 0),
    ],
)
def test_it_is_met_where_nothing_is_missing_and_on_track_where_it_has_come_as_far_as_time_has(
    goal: Goal, now: Portion, begun: Portion, day: date, standing: Standing, gap: int
) -> None:
    judged = judge(goal, now, begun, day)
    assert (judged.standing, judged.gap) == (standing, gap)


@pytest.mark.parametrize(
    ("now", "begun", "day", "standing", "gap"),
    [
        # 5 % of 199 teams are 9
        (Portion(9, 199), Portion(60, 199), STARTS, Standing.MET, 0),
        (Portion(10, 199), Portion(60, 199), DUE, Standing.BEHIND, 1),
        # half of the way down from 60 to 10 of 200 is at 35
        (Portion(35, 200), Portion(60, 200), date(2026, 7, 2), Standing.BEHIND, 25),
        (Portion(34, 200), Portion(60, 200), date(2026, 7, 2), Standing.ON_TRACK, 24),
        # without a beginning it holds from the first day on
        (Portion(11, 200), None, STARTS, Standing.BEHIND, 1),
        (Portion(10, 200), None, STARTS, Standing.MET, 0),
    ],
)
def test_where_fewer_is_better_the_target_is_the_most_there_may_be(
    now: Portion, begun: Portion | None, day: date, standing: Standing, gap: int
) -> None:
    judged = judge(MOST, now, begun, day)
    assert (judged.standing, judged.gap) == (standing, gap)


@given(
    part=st.integers(0, 300),
    whole=st.integers(1, 300),
    tenths=st.integers(0, 1000),
    begun=st.none() | st.builds(Portion, st.integers(0, 300)),
)
def test_so_many_as_are_too_many_and_not_one_fewer_must_go_to_meet_the_target(
    part: int, whole: int, tenths: int, begun: Portion | None
) -> None:
    goal = replace(MOST, amount=Decimal(tenths) / 10)
    judged = judge(goal, Portion(part, whole), begun, DUE)
    assert (judged.standing is Standing.MET) == (part * 1000 <= tenths * whole)
    assert judge(goal, Portion(part - judged.gap, whole), begun, DUE).standing is Standing.MET
    if judged.gap:
        one_fewer = Portion(part - judged.gap + 1, whole)
        assert judge(goal, one_fewer, begun, DUE).standing is Standing.BEHIND


@given(
    part=st.integers(0, 300),
    whole=st.integers(1, 300),
    tenths=st.integers(0, 1000),
    days=st.integers(-10, 400),
    begun=st.integers(0, 300),
)
def test_so_many_as_are_missing_and_not_one_fewer_meet_the_target(
    part: int, whole: int, tenths: int, days: int, begun: int
) -> None:
    goal = Goal(Decimal(tenths) / 10, is_share=True, starts_on=STARTS, due_on=DUE)
    day = STARTS + timedelta(days=days)
    judged = judge(goal, Portion(part, whole), Portion(begun, whole), day)
    assert (judged.standing is Standing.MET) == (part * 1000 >= tenths * whole)
    assert judge(goal, Portion(part + judged.gap, whole), NOTHING, day).standing is Standing.MET
    if judged.gap:
        one_fewer = Portion(part + judged.gap - 1, whole)
        assert judge(goal, one_fewer, NOTHING, day).standing is not Standing.MET
        assert day < DUE or judged.standing is Standing.BEHIND
