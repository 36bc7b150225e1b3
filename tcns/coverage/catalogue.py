"""Every measure there is: those of the list, and one for each indicator that sessions count."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from flask_babel.speaklater import LazyString

from tcns.activities.vocabulary import Status
from tcns.coverage.expressions import approved_results_of, results_of
from tcns.coverage.measure import Measure
from tcns.coverage.measures import MEASURES
from tcns.coverage.vocabulary import Group, Source
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l
from tcns.indicators.names import IndicatorName, all_indicators
from tcns.indicators.vocabulary import Stage

# Where nobody chose; the ratio among them is a figure of pages and files.
USUAL = tuple(measure for measure in MEASURES if measure.is_usual)
PREFIX, APPROVED_PREFIX = "indicator.", "approved_indicator."
RULES = {
    Stage.GUIDED: _l("People guided, as the counted sessions of the period recorded them."),
    Stage.DONE: _l(
        "What was done with success, as the counted sessions of the period recorded it."
    ),
}
APPROVED_RULES = {
    Stage.GUIDED: _l("People guided, as the approved sessions of the period recorded them."),
    Stage.DONE: _l(
        "What was done with success, as the approved sessions of the period recorded it."
    ),
}


def all_measures() -> tuple[Measure, ...]:
    """Every measure, in the order in which pages and files show them."""
    return (*MEASURES, *map(measure_of, all_indicators()))


@lru_cache(maxsize=1_000)  # what is the same is told from what is not by identity
def measure_of(indicator: IndicatorName) -> Measure:
    """The measure that sums up what sessions counted of an indicator.

    Guided and done are indicators of their own, each in its unit: none is added to another.
    """
    return Measure(
        key=PREFIX + indicator.code,
        label=LazyString(lambda: indicator.name),
        unit=LazyString(lambda: indicator.unit),
        rule=RULES[indicator.stage],
        group=Group.RESULTS,
        source=Source.RESULTS,
        expression=results_of(indicator.code),
        listing="activities",
        filters={"status": "counted", "indicator": indicator.code},
    )


@lru_cache(maxsize=1_000)
def approved_measure_of(indicator: IndicatorName) -> Measure:
    """The measure that sums up what approved sessions counted of an indicator."""
    return replace(
        measure_of(indicator),
        key=APPROVED_PREFIX + indicator.code,
        expression=approved_results_of(indicator.code),
        rule=APPROVED_RULES[indicator.stage],
        filters={"status": Status.APPROVED.value, "indicator": indicator.code},
    )


def measures_by_key() -> dict[str, Measure]:
    """Every measure by its key."""
    return {measure.key: measure for measure in all_measures()}


def measures_named(keys: Iterable[str]) -> tuple[Measure, ...]:
    """The measures of some keys, in their usual order; raises RuleViolation naming the unknown."""
    wanted = set(keys)
    found = tuple(measure for measure in all_measures() if measure.key in wanted)
    unknown = sorted(wanted - {measure.key for measure in found})
    if unknown:
        message = _("There is no measure %(keys)s.", keys=", ".join(unknown))
        raise RuleViolation(message, "measure")
    return found


def with_needs(measures: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """The counted ones of some measures and of those without which these cannot be shown."""
    by_key = {measure.key: measure for measure in (*MEASURES, *measures)}
    keys = {key for measure in measures for key in (measure.key, *measure.needs)}
    return tuple(by_key[key] for key in by_key if key in keys and not by_key[key].ratio)
