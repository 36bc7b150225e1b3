"""What changes plans: adding, correcting and deleting them and their targets."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from tcns.accounts.models import User
from tcns.areas.models import Area
from tcns.areas.vocabulary import Level
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.database.locking import lock
from tcns.errors import RuleViolation
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.plans.models import Plan, Target


@dataclass(frozen=True)
class PlanText:
    """What a plan says on its head, and when work on it begins."""

    number: str
    issued_on: date
    title: str
    starts_on: date


@dataclass(frozen=True)
class TargetText:
    """What a target says: which measure, of one area or of each area of a level, how much, by
    when."""

    measure: str
    level: Level
    area: Area | None
    amount: Decimal
    is_share: bool
    due_on: date

    @property
    def values(self) -> dict[str, Any]:
        """The columns of the target."""
        return {
            "measure": self.measure,
            "level": self.level.value,
            "area_id": self.area.id if self.area else None,
            "amount": self.amount,
            "is_share": self.is_share,
            "due_on": self.due_on,
        }


def add_plan(text: PlanText, *, area: Area, by: User) -> Plan:
    """Put a plan of the province on file; a number of a day is on file once."""
    lock(area)
    _expect_new(text)
    plan = Plan(area_id=area.id, **vars(text))
    db.session.add(plan)
    db.session.flush()
    changes = {field: (None, value) for field, value in vars(text).items()}
    record(Event.PLAN_ADDED, by=by, on=plan, area_id=area.id, changes=changes)
    return plan


def correct_plan(plan: Plan, text: PlanText, *, by: User, version: int | None = None) -> None:
    """Correct what a plan says; its targets stay, and must still be due after it begins."""
    lock(plan, version)
    _expect_new(text, besides=plan)
    first_due = min((target.due_on for target in plan.targets), default=text.starts_on)
    if first_due < text.starts_on:
        message = _("A target is due on %(day)s already.", day=format_day(first_due))
        raise RuleViolation(message, "starts_on")
    changes = {field: (getattr(plan, field), value) for field, value in vars(text).items()}
    for field, value in vars(text).items():
        setattr(plan, field, value)
    record(Event.PLAN_CORRECTED, by=by, on=plan, area_id=plan.area_id, changes=changes)


def delete_plan(plan: Plan, *, by: User, version: int | None = None) -> None:
    """Delete a plan with its targets: nothing else refers to them."""
    lock(plan, version)
    for target in plan.targets:
        _record_target(Event.TARGET_DELETED, target, _as_gone(target), by=by)
        db.session.delete(target)
    changes = {field: (getattr(plan, field), None) for field in ("number", "issued_on", "title")}
    record(Event.PLAN_DELETED, by=by, on=plan, area_id=plan.area_id, changes=changes)
    db.session.flush()
    db.session.delete(plan)


def add_target(plan: Plan, text: TargetText, *, by: User) -> Target:
    """Set a target of a plan."""
    lock(plan)
    _check(plan, text)
    target = Target(plan_id=plan.id, **text.values)
    db.session.add(target)
    db.session.flush()
    changes = {field: (None, value) for field, value in text.values.items()}
    _record_target(Event.TARGET_ADDED, target, changes, by=by)
    return target


def correct_target(
    target: Target, text: TargetText, *, by: User, version: int | None = None
) -> None:
    """Correct a target of a plan."""
    lock(target, version)
    _check(target.plan, text, besides=target)
    changes = {field: (getattr(target, field), value) for field, value in text.values.items()}
    for field, value in text.values.items():
        setattr(target, field, value)
    _record_target(Event.TARGET_CORRECTED, target, changes, by=by)


def delete_target(target: Target, *, by: User, version: int | None = None) -> None:
    """Delete a target of a plan."""
    lock(target, version)
    _record_target(Event.TARGET_DELETED, target, _as_gone(target), by=by)
    db.session.delete(target)


def _expect_new(text: PlanText, besides: Plan | None = None) -> None:
    """Refuse a plan that is on file already."""
    query = select(Plan).filter_by(number=text.number, issued_on=text.issued_on)
    if any(known is not besides for known in db.session.scalars(query)):
        raise RuleViolation(_("This plan is on file already."), "number")


def _check(plan: Plan, text: TargetText, besides: Target | None = None) -> None:
    """Refuse a target that is due before the plan begins, and one that is set already."""
    if text.due_on < plan.starts_on:
        begins = format_day(plan.starts_on)
        raise RuleViolation(_("The plan begins on %(day)s only.", day=begins), "due_on")
    if text.is_share and text.amount > 100:
        raise RuleViolation(_("A share is at most 100 %%."), "amount")
    same = select(Target).filter_by(
        plan_id=plan.id,
        measure=text.measure,
        level=text.level.value,
        area_id=text.area.id if text.area else None,
        due_on=text.due_on,
    )
    if any(known is not besides for known in db.session.scalars(same)):
        raise RuleViolation(_("The plan has this target already."), "measure")


def _as_gone(target: Target) -> dict[str, tuple[Any, Any]]:
    """What is on record of a target that is deleted."""
    fields = ("measure", "level", "area_id", "amount", "due_on")
    return {field: (getattr(target, field), None) for field in fields}


def _record_target(
    event: Event, target: Target, changes: dict[str, tuple[Any, Any]], *, by: User
) -> None:
    record(event, by=by, on=target, area_id=target.plan.area_id, changes=changes)
