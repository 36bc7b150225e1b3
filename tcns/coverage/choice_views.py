"""Which measures the coverage page may show."""

from typing import NamedTuple

from tcns.coverage import links
from tcns.coverage.catalogue import all_measures
from tcns.coverage.queries import Question
from tcns.coverage.vocabulary import Group
from tcns.database.kept import kept


class MeasureName(NamedTuple):
    """What a measure is called in the language of the request, and in what it counts."""

    key: str
    label: str
    unit: str


class MeasureChoices(NamedTuple):
    """The measures under a heading, each with whether it is shown, and the page with all of them
    and no other."""

    label: str
    measures: list[tuple[MeasureName, bool]]
    url: str


def choices_of_measures(question: Question) -> list[MeasureChoices]:
    """What may be chosen for columns, heading by heading, and which are shown now."""
    shown = {measure.key for measure in question.measures}
    return [
        MeasureChoices(
            label,
            [(name, name.key in shown) for name in names],
            links.page_url(question, measure=[name.key for name in names]),
        )
        for label, names in _offered_measures()
    ]


@kept("indicators")
def _offered_measures() -> tuple[tuple[str, tuple[MeasureName, ...]], ...]:
    """The names of all measures, under their headings."""
    names: dict[Group, list[MeasureName]] = {group: [] for group in Group}
    for measure in all_measures():
        name = MeasureName(measure.key, str(measure.label), str(measure.unit or ""))
        names[measure.group].append(name)
    return tuple((str(group.label), tuple(found)) for group, found in names.items() if found)
