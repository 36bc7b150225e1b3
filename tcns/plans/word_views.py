"""What pages say of targets in words: the measure, the amount, how many are missing."""

from typing import Any

from tcns.i18n import format_day, format_number, lower_first
from tcns.i18n import gettext as _
from tcns.plans.models import Target
from tcns.plans.queries import TargetStanding


def measure_name(standing: TargetStanding) -> str:
    """What the measure of a target is called; its key where it names none any more."""
    measure = standing.measure
    return str(measure.label) if measure else standing.target.measure


def value_text(value: Any, target: Target) -> str:
    """A value of a target as pages show it."""
    if value is None:
        return "–"
    number = float(value * 100 if target.is_share else value)
    decimals = 1 if target.is_share or number != int(number) else 0
    return format_number(number, decimals) + ("%" if target.is_share else "")


def amount_text(standing: TargetStanding) -> str:
    """What a target asks for: 95%; where fewer is better, at most 5%."""
    target = standing.target
    amount = value_text(target.amount / 100 if target.is_share else target.amount, target)
    return _("at most %(amount)s", amount=amount) if standing.is_most else amount


def by_when(standing: TargetStanding) -> str:
    """What is to be reached by when."""
    words = {"amount": amount_text(standing), "day": format_day(standing.target.due_on)}
    if standing.is_most:
        return _("%(amount)s by %(day)s", **words)
    return _("to reach %(amount)s by %(day)s", **words)


def missing_text(standing: TargetStanding, gap: int) -> str:
    """How many of what are missing, or too many: thiếu 12 thôn, vượt 3 tổ im lặng."""
    if not gap or standing.missing is None:
        return ""
    what = standing.missing.unit or lower_first(str(standing.missing.label))
    words = {"count": format_number(gap), "what": what}
    if standing.is_most:
        return _("%(count)s too many: %(what)s", **words)
    return _("%(count)s missing: %(what)s", **words)
