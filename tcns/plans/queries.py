"""Plans and targets, and how the figures stand against them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from tcns.areas import queries as areas
from tcns.areas.models import Area
from tcns.areas.places import usual_map
from tcns.areas.vocabulary import Level
from tcns.clock import today
from tcns.coverage.catalogue import measures_by_key
from tcns.coverage.measure import Measure
from tcns.coverage.queries import Coverage, CoverageRow, coverage
from tcns.coverage.questions import Wish, ask
from tcns.coverage.vocabulary import Group
from tcns.database import db
from tcns.permissions.scope import EVERYTHING, Scope
from tcns.plans.models import Plan, Target
from tcns.plans.pace import Goal, Judgement, Portion, judge
from tcns.plans.vocabulary import Standing

# What stands on a day; all else happens in a period.
STANDING_GROUPS = (Group.ORGANISATION, Group.MEMBERS)


@dataclass(frozen=True)
class AreaStanding:
    """How one area stands against a target."""

    row: CoverageRow
    judged: Judgement


@dataclass(frozen=True)
class TargetStanding:
    """How the areas of a target stand at the end of a day; `measure` is None where the key names
    none any more. `missing` is the measure that says what is missing, or too many, in whole
    numbers: of a share what there is of it, of a ratio its part."""

    target: Target
    measure: Measure | None
    on: date
    answer: Coverage | None
    areas: Sequence[AreaStanding] = ()

    missing: Measure | None = None

    @property
    def counts(self) -> dict[Standing, int]:
        """How many of the areas stand how."""
        found = Counter(area.judged.standing for area in self.areas)
        return {standing: found[standing] for standing in Standing if found[standing]}

    @property
    def is_most(self) -> bool:
        """Whether the target is the most there may be."""
        return self.measure is not None and self.measure.fewer_is_better

    @property
    def gap(self) -> int:
        """How many are missing, or too many, in all areas together."""
        return sum(area.judged.gap for area in self.areas)

    def portion_of(self, area: AreaStanding) -> Portion:
        """The figure of an area as a part of what it is divided by."""
        assert self.measure is not None, "what is judged has a measure"
        return _portion(area.row, self.measure, is_share=self.target.is_share)


def plans(scope: Scope) -> Sequence[Plan]:
    """The plans, the latest first, with their targets."""
    query = select(Plan).where(scope.clause(Plan)).options(selectinload(Plan.targets))
    return db.session.scalars(query.order_by(Plan.issued_on.desc(), Plan.id.desc())).all()


def targets_of(plan: Plan) -> Sequence[Target]:
    """The targets of a plan, by the day they are due."""
    with_area = joinedload(Target.area).joinedload(Area.names)
    query = select(Target).where(Target.plan_id == plan.id).options(with_area)
    return (
        db.session.scalars(query.order_by(Target.due_on, Target.measure, Target.id)).unique().all()
    )


def targets_in_force(scope: Scope, levels: Iterable[Level], day: date) -> Sequence[Target]:
    """The targets of some levels of plans that have begun, those due next first; of two the one
    of the later plan."""
    query = (
        select(Target)
        .join(Target.plan)
        .options(contains_eager(Target.plan))
        .where(scope.clause(Plan), Plan.starts_on <= day, Target.due_on >= day)
        .where(Target.level.in_([level.value for level in levels]))
    )
    return db.session.scalars(query.order_by(Target.due_on, Plan.issued_on.desc(), Target.id)).all()


def standings(
    scope: Scope,
    targets: Sequence[Target],
    day: date | None = None,
    usually: Level = Level.COMMUNE,
) -> list[TargetStanding]:
    """How the areas of the scope stand against some targets at the end of a day, of those due
    before it at the end of the day they were due.

    The whole province stands for everybody to see; where nothing else says by which areas it is
    counted it is `usually` those. What is asked of the same areas on the same day
    is counted together.
    """
    if not targets:
        return []
    counted = _Counted(day or today(), measures_by_key(), targets, usually)
    counted.ask(targets)
    return [_standing(scope, target, counted) for target in targets]


# By which areas, over which days, and on the map of which day; None the usual one of the last day.
Asked = tuple[Level, date, date, date | None]


class _Counted:
    """The figures that some targets are judged by, each asked for once."""

    def __init__(
        self,
        day: date,
        measures: dict[str, Measure],
        targets: Sequence[Target],
        usually: Level,
    ) -> None:
        self.day, self.measures = day, measures
        # The figures of the province are the total of those of any areas of its map: of some that
        # are asked for anyway.
        map_on = usual_map(day)
        there = areas.levels_below(areas.province_id(map_on) or 0, map_on)
        asked = {target.step for target in targets}.intersection(there)
        self.of_the_province = min(asked, key=lambda step: step.rank, default=usually)
        self.answers: dict[Asked, Coverage] = {}

    def by(self, target: Target) -> Level:
        """By which areas the figures of a target are asked for."""
        return self.of_the_province if target.step is Level.PROVINCE else target.step

    def last_day(self, target: Target) -> date:
        """The day on which a target is judged."""
        return min(self.day, target.due_on)

    def ask(self, targets: Sequence[Target]) -> None:
        """Ask for the figures of all targets, and for those of the days before they began."""
        begun = [
            (target, self.measures[target.measure])
            for target in targets
            if target.measure in self.measures and target.plan.starts_on <= self.last_day(target)
        ]
        self._ask_all((self.of_now(target), measure) for target, measure in begun)
        self._ask_all(
            (self.of_before(target), measure)
            for target, measure in begun
            if measure.group in STANDING_GROUPS
        )

    def _ask_all(self, wanted: Iterable[tuple[Asked, Measure]]) -> None:
        """Ask for measures, those of the same areas and days together."""
        together: defaultdict[Asked, set[str]] = defaultdict(set)
        for asked, measure in wanted:
            together[asked].add(measure.key)
        for asked, keys in together.items():
            by, first, last, map_on = asked
            measures = tuple(sorted(keys))
            wish = Wish(by=by, on=last, first=first, last=last, map_on=map_on, measures=measures)
            self.answers[asked] = coverage(EVERYTHING, ask(EVERYTHING, wish))

    def of_now(self, target: Target) -> Asked:
        """What is asked of the day a target is judged on."""
        return self.by(target), target.plan.starts_on, self.last_day(target), None

    def of_before(self, target: Target) -> Asked:
        """What is asked of the day before it began: of the areas that it is judged by."""
        before = target.plan.starts_on - timedelta(days=1)
        return self.by(target), before, before, self.answers[self.of_now(target)].question.map_on

    def now(self, target: Target) -> Coverage | None:
        """The figures of the day a target is judged on; None where its plan has not begun."""
        return self.answers.get(self.of_now(target))

    def begun(self, target: Target) -> dict[int | None, CoverageRow]:
        """The figures with which a target began, by the id of their area; none of what happens in
        a period."""
        if self.measures[target.measure].group not in STANDING_GROUPS:
            return {}
        answer = self.answers.get(self.of_before(target))
        return {row.area_id: row for row in _rows(target, answer)} if answer else {}


def _rows(target: Target, answer: Coverage) -> list[CoverageRow]:
    """The rows of an answer that a target is about."""
    if target.step is Level.PROVINCE:
        return [answer.total]
    if target.area_id is None:
        return answer.rows
    return [row for row in answer.rows if row.area_id == target.area_id]


def _standing(scope: Scope, target: Target, counted: _Counted) -> TargetStanding:
    """How the areas of one target stand."""
    measure, day = counted.measures.get(target.measure), counted.last_day(target)
    answer = counted.now(target) if measure else None
    if measure is None or answer is None:
        return TargetStanding(target, measure, day, None)
    goal, begun = goal_of(target, measure), counted.begun(target)
    shown = [row for row in _rows(target, answer) if _may_see(scope, target, row)]
    judged = [
        AreaStanding(
            row,
            judge(
                goal,
                _portion(row, measure, is_share=target.is_share),
                _beginning(target, measure, row, begun.get(row.area_id)),
                day,
            ),
        )
        for row in shown
    ]
    order = list(Standing)
    judged.sort(key=lambda one: (order.index(one.judged.standing), -one.judged.gap))
    return TargetStanding(
        target, measure, day, answer, judged, counted.measures[_missing_key(target, measure)]
    )


def goal_of(target: Target, measure: Measure) -> Goal:
    """What a target asks of its measure."""
    plan, is_most = target.plan, measure.fewer_is_better
    return Goal(target.amount, target.is_share, plan.starts_on, target.due_on, is_most)


def _beginning(
    target: Target, measure: Measure, row: CoverageRow, before: CoverageRow | None
) -> Portion | None:
    """Where the way of an area to its target begins: of what stands on a day with the figure of
    the day before; of what happens in a period with nothing, or where fewer is better with all."""
    if measure.group in STANDING_GROUPS:
        return _portion(before, measure, is_share=target.is_share)
    if not measure.fewer_is_better:
        return Portion(0)
    if measure.share_of is None:
        return None
    of_all = row.figures[measure.share_of]
    return Portion(of_all, of_all if target.is_share else 1)


def _missing_key(target: Target, measure: Measure) -> str:
    """The key of the measure that says what is missing; what is too many is the measure itself."""
    if measure.ratio:
        return measure.ratio[0]
    is_part = target.is_share and not measure.fewer_is_better
    return measure.share_of if is_part and measure.share_of else measure.key


def _may_see(scope: Scope, target: Target, row: CoverageRow) -> bool:
    """Whether a row is shown: the province's to everybody, an area's within the scope."""
    is_whole = target.step is Level.PROVINCE
    return is_whole or scope.everything or row.area_id in scope.areas


def _portion(row: CoverageRow | None, measure: Measure, *, is_share: bool) -> Portion:
    """The figure of a row as a part of what it is divided by; of no row it is nothing."""
    of = measure.ratio or ((measure.key, measure.share_of) if is_share else (measure.key, None))
    part, whole = of
    if row is None:
        return Portion(0)
    figures = row.figures
    return Portion(figures[part], figures[whole] if whole else 1)
