"""What cannot have been, or may be mistaken, in what a session says."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, select

from tcns.activities.content import PARTS, ActivityText
from tcns.activities.doubts import (
    households_that_day,
    is_far_beyond,
    is_many,
    usual_participants,
)
from tcns.activities.models import Activity
from tcns.clock import today
from tcns.closings.rules import MonthClosed, check_open
from tcns.database import db
from tcns.errors import RuleViolation
from tcns.i18n import format_day, format_number, join_words
from tcns.i18n import gettext as _
from tcns.indicators.queries import indicator_ids_on
from tcns.teams.models import Membership, Person, Team

# Who is in a team on a day; made once: making it takes longer than the question.
PRESENT = select(Membership.id).where(
    Membership.team_id == bindparam("team_id"), Membership.valid_on(bindparam("day"))
)


def broken_by(team: Team, text: ActivityText, *, is_final: bool) -> list[RuleViolation]:
    """What cannot have been: every rule that the text breaks, each beside its field."""
    # First of all: what was changed while a lock was waited for counts below.
    closed = _closed(team, text) if is_final else []
    day = unfit_day(team, text.held_on)
    broken = day + _parts_too_large(text)
    if not day:  # what depends on the day would only repeat that it is wrong
        broken += _strange_helpers(team, text) + _strange_amounts(text)
    if is_final:
        broken += nobody_reached(text) + _doubted(team, text) + ([] if day else closed)
    return broken


class Known(NamedTuple):
    """What decides over a session of a team and day beside what it says itself, where it was read
    for many at once: the village's households, the usual participants, whether it is closed."""

    households: int | None
    usual: int | None
    is_closed: bool


def broken_by_known(team: Team, text: ActivityText, known: Known) -> list[RuleViolation]:
    """What cannot have been in a session that is submitted as one of many; its day, helpers and
    amounts were looked at already."""
    closed = [MonthClosed(team, text.held_on)] if known.is_closed else []
    return [*_parts_too_large(text), *nobody_reached(text), *closed]


def _closed(team: Team, text: ActivityText) -> list[RuleViolation]:
    """A day whose month is closed: what is counted there is counted."""
    try:
        check_open(team, text.held_on)
    except MonthClosed as closed:
        return [closed]
    return []


def unfit_day(team: Team, day: date) -> list[RuleViolation]:
    """A day to come, or one on which the team did not exist."""
    if day > today():
        return [RuleViolation(_("The day lies in the future."), "held_on")]
    if not team.is_valid_on(day):
        message = _("The team does not exist on %(day)s.", day=format_day(day))
        return [RuleViolation(message, "held_on")]
    return []


def _parts_too_large(text: ActivityText) -> list[RuleViolation]:
    """Parts that are larger than their whole."""
    people, households = text.participant_count or 0, text.household_count or 0
    broken = [
        RuleViolation(
            _("There cannot be more than the %(count)s participants.", count=format_number(people)),
            part,
        )
        for part in PARTS
        if (getattr(text, part) or 0) > people
    ]
    if (text.new_household_count or 0) > households:
        message = _(
            "There cannot be more than the %(count)s households.", count=format_number(households)
        )
        broken.append(RuleViolation(message, "new_household_count"))
    return broken


def nobody_reached(text: ActivityText | Activity) -> list[RuleViolation]:
    """A session to be counted that reached nobody."""
    if text.participant_count or text.household_count:
        return []
    message = _("State how many people or households were reached.")
    return [RuleViolation(message, "participant_count")]


def _doubted(team: Team, text: ActivityText) -> list[RuleViolation]:
    """Figures that may be mistaken, unless they were said to be right: a question, no error."""
    if text.is_confirmed:
        return []
    return [RuleViolation(message, "is_confirmed") for message in figures_in_doubt(team, text)]


def figures_in_doubt(team: Team, text: ActivityText) -> list[str]:
    """Why the figures of a session may be mistaken, as it is said to whoever logs it."""
    known = households_that_day(team, text) if text.household_count else None
    usual = usual_participants(team, text) if is_many(text.participant_count) else None
    return doubts_in(text, known, usual)


def doubts_in(text: ActivityText, known: int | None, usual: int | None) -> list[str]:
    """Why figures may be mistaken, beside the households known and the usual participants."""
    doubted = []
    if known is not None and (text.household_count or 0) > known:
        doubted.append(
            _("The village has %(count)s households on record.", count=format_number(known))
        )
    if is_far_beyond(text.participant_count, usual):
        doubted.append(
            _("Usually the team has about %(count)s participants.", count=format_number(usual))
        )
    return doubted


def _strange_helpers(team: Team, text: ActivityText) -> list[RuleViolation]:
    """Helpers who were not in the team that day; members of the team by name."""
    if not text.helpers:
        return []
    where = {"team_id": team.id, "day": text.held_on}
    strange = set(text.helpers) - set(db.session.scalars(PRESENT, where))
    if not strange:
        return []
    known = select(Person.full_name).join(Person.memberships)
    named = known.where(Membership.team_id == team.id, Membership.id.in_(strange))
    names = db.session.scalars(named.order_by(Person.sort_key, Person.id)).all()
    day = format_day(text.held_on)
    message = (
        not_in_team_on(text.held_on, names)
        if names
        else _("Somebody chosen was not in the team on %(day)s.", day=day)
    )
    return [RuleViolation(message, "helpers")]


def _strange_amounts(text: ActivityText) -> list[RuleViolation]:
    """Amounts of indicators that were not asked for that day."""
    counted = set(text.amounts)
    if not counted:
        return []
    asked = indicator_ids_on(text.held_on)
    message = not_counted_on(text.held_on)
    return [RuleViolation(message, f"amount_{one}") for one in sorted(counted - asked)]


def not_counted_on(day: date) -> str:
    """What is said of an amount of an indicator that was not asked for on a day."""
    return _("This was not counted on %(day)s.", day=format_day(day))


def not_in_team_on(day: date, names: Sequence[str]) -> str:
    """What is said of helpers who were not in the team on a day."""
    return _(
        "On %(day)s, not in the team: %(names)s.", day=format_day(day), names=join_words(names)
    )
