"""What the coverage page and its file say of their question in words."""

from tcns.coverage.queries import Coverage, Question
from tcns.coverage.table_views import Besides
from tcns.i18n import format_day, lower_first
from tcns.i18n import gettext as _
from tcns.periods import name_of
from tcns.permissions.guards import my_scope
from tcns.permissions.vocabulary import Permission


def title_of(answer: Coverage) -> str:
    """Of what the figures are: of an area, or of that part of it that the visitor may read."""
    if is_part(answer.question):
        return _("Coverage within your scope: %(area)s", area=answer.total.name)
    return _("Coverage: %(area)s", area=answer.total.name)


def is_part(question: Question) -> bool:
    """Whether the visitor may read only a part of the area shown."""
    under = question.under
    return under is not None and not my_scope(Permission.COVERAGE_READ).covers(under)


def in_words(question: Question) -> str:
    """Which days, period and map the figures are of."""
    named = name_of(question.period)
    if named:
        return _(
            "Teams and members on %(day)s; sessions of %(period)s, %(first)s–%(last)s;"
            " map of %(map)s.",
            day=format_day(question.on),
            period=lower_first(named.label),
            first=format_day(question.period.first),
            last=format_day(question.period.last),
            map=format_day(question.map_on),
        )
    return _(
        "Teams and members on %(day)s; sessions from %(first)s to the end of %(last)s;"
        " map of %(map)s.",
        day=format_day(question.on),
        first=format_day(question.period.first),
        last=format_day(question.period.last),
        map=format_day(question.map_on),
    )


def other_question(besides: Besides | None) -> Question | None:
    """The question of another time that an answer is compared with."""
    comparison = besides.comparison if besides else None
    return comparison.question if comparison and comparison.is_in_time else None


def compared_words(besides: Besides | None) -> list[str]:
    """What the figures are compared with, and of which days that is."""
    if besides is None:
        return []
    words = [_("Compared with %(what)s.", what=besides.comparing.label)]
    other = other_question(besides)
    return [" ".join([*words, in_words(other)] if other else words)]
