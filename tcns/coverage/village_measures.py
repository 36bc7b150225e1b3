"""The measures of what was counted of villages, and of digital models."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func

from tcns.areas.models import AreaStatistic
from tcns.areas.statistics.vocabulary import WHOLES, YES_OR_NO, Statistic
from tcns.coverage.expressions import initiatives_of, total_figure, villages_having
from tcns.coverage.measure import Measure
from tcns.coverage.vocabulary import Group, Source
from tcns.i18n import lazy_gettext as _l
from tcns.initiatives.models import Initiative
from tcns.initiatives.vocabulary import InitiativeKind

FIGURES: dict[str, Any] = {
    "group": Group.VILLAGES,
    "source": Source.STATISTICS,
    "listing": "statistics",
}
MODELS: dict[str, Any] = {
    "group": Group.VILLAGES,
    "source": Source.INITIATIVES,
    "listing": "initiatives",
}
LASTING = {"lasting": "lasting"}


def _having(statistic: Statistic) -> Measure:
    """How many villages have what a statistic asks by yes or no."""
    return Measure(
        key=f"{statistic.value}_village_count",
        label=_l("Villages: %(what)s", what=statistic.label),
        expression=villages_having(statistic),
        rule=_l("Villages of the map by the last figure put on record; of others it is unknown."),
        filters={"has": statistic.value},
        share_of="village_count",
        **FIGURES,
    )


def _share(statistic: Statistic) -> Iterator[Measure]:
    """How many have something, how many were asked, and the one as a share of the other."""
    for key, label, column in (
        (statistic.value, statistic.label, AreaStatistic.value),
        (f"{statistic.value}_of", WHOLES[statistic], AreaStatistic.out_of),
    ):
        yield Measure(
            key=key,
            label=label,
            expression=total_figure(statistic, column),
            rule=_l("In villages of which it is on record, by the last figures put on record."),
            filters={"known": statistic.value},
            **FIGURES,
        )
    yield Measure(
        key=f"{statistic.value}_share",
        label=_l("Share: %(what)s", what=statistic.label),
        group=Group.VILLAGES,
        ratio=(statistic.value, f"{statistic.value}_of"),
        is_share=True,
        rule=_l("Of those asked, in villages of which it is on record."),
    )


def _of_kind(kind: InitiativeKind) -> Measure:
    """How many digital models are of a kind."""
    return Measure(
        key=f"{kind.value}_initiative_count",
        label=_l("Digital models: %(kind)s", kind=kind.label),
        expression=initiatives_of(kind),
        rule=_l("Digital models of this kind that last on the day."),
        filters={**LASTING, "kind": kind.value},
        **MODELS,
    )


VILLAGE_MEASURES = (
    *map(_having, YES_OR_NO),
    *(measure for statistic in WHOLES for measure in _share(statistic)),
    Measure(
        key="initiative_count",
        label=_l("Digital models"),
        expression=func.count(Initiative.id),
        rule=_l("Digital models that last on the day."),
        filters=LASTING,
        **MODELS,
    ),
    *map(_of_kind, InitiativeKind),
)
