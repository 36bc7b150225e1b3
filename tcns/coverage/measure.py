"""What a measure is: one figure of coverage, counted from records or computed from two others."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel.speaklater import LazyString
from sqlalchemy import ColumnElement

from tcns.coverage.vocabulary import Group, Source


@dataclass(frozen=True, eq=False, kw_only=True)
class Measure:
    """One figure of coverage.

    `key` names it in addresses, files and commands; `rule` says what is counted, for the note
    beside the figure. It is either counted: `expression` is the SQL aggregate over a column of
    `source`, which is empty where there is no record. An additive measure's parts add up to the
    whole, the others are distinct counts and are computed at each level. Or it is the `ratio` of
    two measures, by their keys, divided at each level and never added; `is_share` says whether it
    is told in per cent.

    `listing` is the list whose rows the figure counts or sums, `filters` what narrows that list;
    `share_of` the measure it is shown as a share of. `rests_on` are two measures: for how many
    records it is known, of how many. `unit` is what the figure counts where the label does not say.
    What `is_usual` is shown where nobody chose; `fewer_is_better` says which way the figure should
    go.
    """

    key: str
    label: LazyString
    rule: LazyString
    group: Group
    source: Source | None = None
    expression: ColumnElement[int] | None = None
    ratio: tuple[str, str] | None = None
    is_share: bool = False
    listing: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    additive: bool = True
    share_of: str | None = None
    rests_on: tuple[str, str] | None = None
    unit: LazyString | None = None
    is_usual: bool = False
    fewer_is_better: bool = False

    @property
    def needs(self) -> tuple[str, ...]:
        """The keys of the measures without which it cannot be shown."""
        share = (self.share_of,) if self.share_of else ()
        return (*(self.ratio or ()), *share, *(self.rests_on or ()))
