"""The list of pairs of persons who may be one."""

from collections.abc import Sequence
from typing import Any

from flask import render_template

from tcns.clock import today
from tcns.duplicates.blueprint import blueprint
from tcns.duplicates.finding_queries import PairFilter, find_duplicates
from tcns.duplicates.forms import PairFilterForm
from tcns.duplicates.queries import Apart, pairs_apart, where_kept
from tcns.duplicates.vocabulary import Verdict
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.scope import Scope
from tcns.permissions.vocabulary import Permission
from tcns.teams.phone_views import decide_phones
from tcns.web.paging import Page, page_of, paginate


@blueprint.get("/duplicates")
@requires(Permission.PERSON_WRITE)
def list_duplicates() -> str:
    """The pairs of persons kept in the visitor's scope who may be one, or were told apart."""
    form = PairFilterForm.from_address()
    scope = my_scope(Permission.PERSON_WRITE)
    place = form.place(my_scope(Permission.AREA_READ), today())
    is_apart = form.value("verdict") is Verdict.APART
    page, pairs = _page(scope, PairFilter(place, form.value("reason")), is_apart=is_apart)
    ids = [each.id for pair in pairs for each in pair[:2]]
    decide_phones(ids)
    return render_template(
        "duplicates/list_duplicates.html",
        form=form,
        page=page,
        pairs=pairs,
        is_apart=is_apart,
        kept=where_kept(scope, ids, place.map_on),
    )


def _page(scope: Scope, wanted: PairFilter, *, is_apart: bool) -> tuple[Page, Sequence[Any]]:
    """The page the address asks for, and its pairs: told apart, or still suspected."""
    if is_apart:
        page = paginate(pairs_apart(scope, wanted.place))
        return page, [Apart(*row) for row in page.rows]
    page = page_of(find_duplicates(scope, wanted))
    return page, page.rows
