"""Guards: every view says who may enter; whatever says nothing is closed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial, wraps
from inspect import signature
from typing import Any

from flask import Flask, abort, current_app, g, request
from flask_login import current_user

from tcns import database
from tcns.database.kept import kept
from tcns.database.unchanged import begin_unchanged
from tcns.permissions.scope import NOTHING, Scope, scope_for
from tcns.permissions.vocabulary import Permission

View = Callable[..., Any]

# No row has a greater id; the databases refuse even to look for one.
LARGEST_ID = 2**31 - 1


def public(view: View) -> View:
    """Open the view to everybody, signed in or not."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Open the view to everybody who is signed in: what it shows is the visitor's own."""
    view.needs_sign_in = True  # type: ignore[attr-defined]
    return view


def requires(permission: Permission, record: Any = None) -> Callable[[View], View]:
    """Open the view to users who hold `permission`.

    With `record` (a model, loaded by its id in the URL, or a function of the URL's values) the
    view gets the record itself, and only where the permission's scope covers it: outside what
    the user may read the answer is 404, the same as for a record that does not exist; readable
    but not permitted is 403.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**values: Any) -> Any:
            g.guard = lambda: _admit(permission, record, values)
            found = g.guard()
            return view(found, **_rest(view, values)) if record else view(**values)

        guarded.required_permission = permission  # type: ignore[attr-defined]
        guarded.guarded_record = record  # type: ignore[attr-defined]
        return guarded

    return decorate


def _rest(view: View, values: dict[str, Any]) -> dict[str, Any]:
    """The URL's values that the view still asks for beside the loaded record."""
    return {name: value for name, value in values.items() if name in signature(view).parameters}


def _admit(permission: Permission, record: Any, values: dict[str, Any]) -> Any:
    """Load the record of the URL and end the request unless the user may use it so."""
    if record is None:
        if not my_scope(permission):
            abort(403)
        return None
    found = _load(record, values)
    if found is None or not my_scope(permission.reading).covers(found):
        abort(404)
    if not my_scope(permission).covers(found):
        abort(403)
    return found


def _load(record: Any, values: dict[str, Any]) -> Any:
    """The record named by the URL: by its id, or as the given function finds it."""
    if not isinstance(record, type):
        return record(**values)
    record_id = next(iter(values.values()))
    return database.db.session.get(record, record_id) if record_id <= LARGEST_ID else None


def my_scope(permission: Permission) -> Scope:
    """Where the signed-in user may do `permission`, asked once per request."""
    scopes: dict[Permission, Scope] = g.setdefault("scopes", {})
    if permission not in scopes:
        is_known = current_user.is_authenticated
        scopes[permission] = _rights_of(current_user.id, permission) if is_known else NOTHING
    return scopes[permission]


@kept("accounts", "areas", "teams")
def _rights_of(_user_id: int, permission: Permission) -> Scope:
    """Where the signed-in user, named by their id, may do `permission`."""
    return scope_for(current_user, permission)


@contextmanager
def guarded_write() -> Iterator[None]:
    """The write transaction of a view: what the guard let in is asked again under the lock.

    A right that ended, or a record that went, since the page began or while a lock was waited for
    ends the request there.
    """
    with database.writing(partial(begin_unchanged, _ask_guard)):
        yield


def _ask_guard() -> None:
    """Ask the guard of the view anew."""
    g.scopes = {}
    if "guard" in g:
        g.guard()


def can_open(endpoint: str, record: Any = None) -> bool:
    """Whether the view's own guard would let the signed-in user in; links are shown by this.

    A view that this version does not have lets nobody in.
    """
    view: Any = current_app.view_functions.get(endpoint)
    if view is None:
        return False
    if getattr(view, "is_public", False):
        return True
    if not current_user.is_authenticated:
        return False
    if getattr(view, "needs_sign_in", False):
        return True
    scope = my_scope(view.required_permission)
    return scope.covers(record) if record is not None else bool(scope)


def refuse_by_default() -> Any:
    """End every request whose view carries no guard, or whose visitor must sign in first."""
    if request.endpoint is None:
        return None  # an unknown address: the 404 page
    view = current_app.view_functions[request.endpoint]
    if getattr(view, "is_public", False) or _is_static(request.endpoint):
        return None
    guarded = hasattr(view, "required_permission") or hasattr(view, "needs_sign_in")
    if not guarded:
        abort(403)
    if not current_user.is_authenticated:
        return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
    return None


def _is_static(endpoint: str) -> bool:
    """Style sheets, scripts and pictures are open: they hold no data."""
    return endpoint.rpartition(".")[2] == "static"


def register_guards(app: Flask) -> None:
    """Refuse by default, and let templates ask whether a link would open."""
    app.before_request(refuse_by_default)
    app.jinja_env.globals["can_open"] = can_open
