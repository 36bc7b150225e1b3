"""The rules of villages: when one can be added, renamed, merged or closed."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from tcns.areas.known_names import Fit, KnownNames
from tcns.areas.models import Area, AreaHouseholds, AreaName, AreaPlacement
from tcns.areas.naming import Named, is_unmarked, repeated_kind
from tcns.areas.queries import map_day
from tcns.areas.villages.objections import objections
from tcns.areas.vocabulary import AreaKind
from tcns.clock import today
from tcns.database import db
from tcns.errors import RuleViolation
from tcns.i18n import format_day, format_number
from tcns.i18n import gettext as _

ONE_DAY = timedelta(days=1)
# From so many times the last number of households, or a part of it, on somebody is asked.
TENFOLD = 10


@dataclass(frozen=True)
class VillageText:
    """The details of a village from a day on: its name without kind, and its kind."""

    name: str
    kind: AreaKind
    first_day: date


@dataclass(frozen=True)
class Merger:
    """Several villages of a commune become one from a day on, by a document.

    Without a number of households the new village has those of all together, where all are known.
    """

    villages: Sequence[Area]
    text: VillageText
    decree: str | None = None
    household_count: int | None = None


@dataclass(frozen=True)
class Closure:
    """A village ends after its last day, by a document.

    Where it was split, its parts are new villages that begin the day after. Where its houses went
    to villages that stay who they are, it has no successors, and its figures stay with the commune.
    """

    last_day: date
    successors: Sequence[Area] = ()
    decree: str | None = None

    @property
    def ends(self) -> date:
        """The first day without the village."""
        return self.last_day + ONE_DAY


def new_village_violations(commune: Area, text: VillageText) -> Iterator[RuleViolation]:
    """Why a village cannot be added so; the fields are called name and first_day."""
    yield from name_violations(commune, text)
    yield from day_violations(commune, text.first_day)


def name_violations(
    commune: Area, text: VillageText, besides: Collection[int] = ()
) -> Iterator[RuleViolation]:
    """Whether another village of the same kind and name stands in the commune then, or later, in
    whatever way the name is written; and whether the name says the kind of a number once more.

    Names that differ by marks are different ones; one without any marks may be any of those.
    Villages besides, by id, do not count.
    """
    query = (
        select(AreaName.kind, AreaName.name)
        .join(AreaPlacement, AreaPlacement.area_id == AreaName.area_id)
        .where(AreaPlacement.parent_id == commune.id, AreaName.area_id.not_in(besides))
        .where(AreaName.valid_to.is_(None) | (AreaName.valid_to > text.first_day))
        .where(AreaPlacement.valid_to.is_(None) | (AreaPlacement.valid_to > text.first_day))
    )
    villages = {Named(AreaKind(kind), name) for kind, name in db.session.execute(query)}
    same, number = _same_village(villages, text), repeated_kind(text.name)
    if same:
        message = _("This commune has that village already: %(name)s.", name=same.full_name)
        yield RuleViolation(message, "name")
    elif number:
        message = _("Write the name alone, and choose the kind: %(name)s.", name=number)
        yield RuleViolation(message, "name")


def _same_village(villages: Collection[Named], text: VillageText) -> Named | None:
    """The village that is meant by a kind and a name, or by a name that says its kind."""
    known = KnownNames([(each, each) for each in villages], lambda _village: ())
    written = [f"{text.kind} {text.name}"]
    written += [text.name] if repeated_kind(text.name) else []
    for match in map(known.find, written):
        is_same = not match.fit.is_guess or (
            match.fit is Fit.WITHOUT_MARKS and is_unmarked(text.name)
        )
        if match.found and is_same:
            return match.found[0]
    return None


def day_violations(area: Area, day: date, field: str = "first_day") -> Iterator[RuleViolation]:
    """Why nothing of an area can change on a day: to come, not of its time, or off the map."""
    if day > today():
        yield RuleViolation(_("The day lies in the future."), field)
    elif day > map_day() and area.is_valid_on(map_day()):
        # It would show on no page: lists show the areas of the map day.
        message = _(
            "Areas are shown as of %(day)s here: a change takes effect on that day or earlier.",
            day=format_day(map_day()),
        )
        yield RuleViolation(message, field)
    elif not area.is_valid_on(day):
        yield RuleViolation(_not_then(area, day), field)


def _not_then(area: Area, day: date) -> str:
    """Since when, or until when, an area exists that does not on a day."""
    name = area.names[-1].full_name
    if day < area.valid_from:
        first = format_day(area.valid_from)
        return _("%(area)s exists only since %(day)s.", area=name, day=first)
    return _("%(area)s existed until %(day)s.", area=name, day=format_day(area.last_day))


def rename_violations(commune: Area, village: Area, text: VillageText) -> Iterator[RuleViolation]:
    """Why a village cannot be called otherwise from a day on."""
    yield from day_violations(village, text.first_day)
    yield from name_violations(commune, text, besides=[village.id])
    names = [name for name in village.names if name.is_valid_on(text.first_day)]
    if names and names[0].valid_from == text.first_day:
        since = format_day(text.first_day)
        message = _("Its present name holds since %(day)s: correct that name.", day=since)
        yield RuleViolation(message, "first_day")
    elif names and (names[0].name, names[0].kind) == (text.name, text.kind):
        yield RuleViolation(_("It is called so already."), "name")


def merger_violations(commune: Area, merger: Merger) -> Iterator[RuleViolation]:
    """Why villages cannot be merged so."""
    ids, day = [village.id for village in merger.villages], merger.text.first_day
    if len(set(ids)) < 2:
        yield RuleViolation(_("Choose the villages that are merged, two or more."), "villages")
        return
    yield from name_violations(commune, merger.text, besides=ids)
    days = list(day_violations(commune, day))
    yield from days or _ends_violations(merger.villages, day, "first_day")
    if len({later_places(village, day) for village in merger.villages}) > 1:
        message = _("These villages stand, or will stand, in different communes.")
        yield RuleViolation(message, "villages")


def closure_violations(commune: Area, village: Area, closure: Closure) -> Iterator[RuleViolation]:
    """Why a village cannot be closed so."""
    ids, day = {successor.id for successor in closure.successors}, closure.ends
    days = list(day_violations(commune, day, "last_day"))
    yield from days or _ends_violations([village], day, "last_day")
    if len(ids) == 1:
        message = _(
            "A village that goes wholly into one other is merged with it: choose “Merge villages”."
        )
        yield RuleViolation(message, "successors")
    for successor in closure.successors:
        if successor.valid_from != day:
            message = _(
                "%(area)s did not begin on %(day)s: where a village is split, new villages begin "
                "the day after its last.",
                area=successor.names[0].full_name,
                day=format_day(day),
            )
            yield RuleViolation(message, "successors")


def _ends_violations(villages: Sequence[Area], day: date, field: str) -> Iterator[RuleViolation]:
    """Why villages cannot exist up to the day before another and no longer."""
    for village in villages:
        if village.valid_from >= day:
            yield RuleViolation(_not_then(village, day - ONE_DAY), field)
        elif village.valid_to:
            yield RuleViolation(_not_then(village, village.valid_to), field)
        else:
            yield from (RuleViolation(one.message, field) for one in objections(village, day))


def later_places(village: Area, day: date) -> tuple[tuple[int, date, date | None], ...]:
    """Where a village stands from a day on: parents, each with its first day and its end."""
    query = select(AreaPlacement).where(
        AreaPlacement.area_id == village.id,
        AreaPlacement.valid_to.is_(None) | (AreaPlacement.valid_to > day),
    )
    return tuple(
        (place.parent_id, max(place.valid_from, day), place.valid_to)
        for place in db.session.scalars(query.order_by(AreaPlacement.valid_from))
    )


def jump_violations(known: int | None, count: int, *, is_confirmed: bool) -> list[RuleViolation]:
    """A number of households ten times the last, or a tenth, that nobody confirmed."""
    if is_confirmed or not known or not is_jump(known, count):
        return []
    message = _("Until now %(count)s households are on record.", count=format_number(known))
    return [RuleViolation(message, "is_confirmed")]


def is_jump(known: int, count: int) -> bool:
    """Whether a number of households is ten times another, or a tenth of it."""
    return count >= TENFOLD * known or count * TENFOLD <= known


def households_on(area_ids: Collection[int], day: date) -> dict[int, int]:
    """How many households some villages have on a day, where that is known."""
    query = select(AreaHouseholds.area_id, AreaHouseholds.household_count).where(
        AreaHouseholds.area_id.in_(area_ids), AreaHouseholds.valid_on(day)
    )
    return dict(db.session.execute(query).tuples().all())
