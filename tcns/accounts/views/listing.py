"""The list of accounts and its filters."""

from collections.abc import Iterable

from flask import render_template, request

from tcns.accounts import queries
from tcns.accounts.blueprint import blueprint
from tcns.accounts.forms import AccountFilter
from tcns.accounts.models import User
from tcns.accounts.views.places import Places
from tcns.accounts.vocabulary import State
from tcns.areas import queries as areas
from tcns.clock import today
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.web.paging import paginate, same_page
from tcns.web.sorting import wanted_order


@blueprint.get("/accounts")
@requires(Permission.ACCOUNT_READ)
def list_accounts() -> str:
    """The accounts of my areas, by given name."""
    scope = my_scope(Permission.ACCOUNT_READ)
    places = Places(scope)
    form = AccountFilter(request.args).offer(places.choices, queries.NO_ROLE)
    form.validate()
    page = paginate(queries.accounts_in(scope, _wanted(form, places)))
    users = [row.User for row in page.rows]
    return render_template(
        "accounts/list_accounts.html",
        form=form,
        page=page,
        users=users,
        chips=_chips(form),
        labels=_labels(users),
        last_seen=queries.last_seen(users),
        day=today(),
        map_day=areas.map_day(),
    )


def _wanted(form: AccountFilter, places: Places) -> queries.Wanted:
    """What the filters ask for; one that makes no sense asks for nothing."""
    area, state = form.understood("area"), form.understood("state")
    return queries.Wanted(
        text=form.understood("q"),
        role=form.understood("role"),
        area=places.by_code[area].id if area else None,
        state=State(state) if state else None,
        order=wanted_order(),
    )


def _chips(form: AccountFilter) -> list[tuple[str, str]]:
    """The filters in force, each with the address of the list without it."""
    words = {"q": form.understood("q")}
    for name in ("role", "area", "state"):
        words[name] = (
            dict(form[name].choices)[form.understood(name)] if form.understood(name) else None
        )
    return [(word, same_page(page=None, **{name: None})) for name, word in words.items() if word]


def _labels(users: Iterable[User]) -> dict[int, areas.Label]:
    """What the areas of these accounts and of their roles are called."""
    day = today()
    area_ids = {user.home_area_id for user in users} | {
        assignment.area_id for user in users for assignment in user.roles_on(day)
    }
    return areas.labels(area_ids, areas.map_day())
