"""Pages, and the pieces of their frame, kept for whoever saw them as long as the data stay.

    @blueprint.route("/coverage")
    @requires(Permission.COVERAGE_READ)
    @kept_page("areas", "teams", "activities", "accounts")
    def show_coverage() -> str: ...

The guard stands outside: it is asked at every request. A page is kept under its view, its address
and its visitor, and under the state of the subjects it shows, the day and the language
(`tcns.database.kept`); of the rest of the request it may show nothing. The CSRF token, which is
each request's own, is taken out and put in anew. A page that says something once is never kept: a
message, work that has finished; nor one with a form that is done once by its idempotency key.
"""

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from operator import attrgetter
from typing import Any

from flask import Flask, current_app, g, request, session
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from tcns.database.kept import kept_under
from tcns.database.versions import versions

View = Callable[..., Any]
# What the frame of every page tells of: the installation, who is signed in, what they may open.
FRAME = ("accounts", "areas", "teams")
FRAME_STATES = attrgetter(*FRAME)
ONCE = 'name="idempotency_key"'
# Drawn by each process: what is each request's own is marked by it in what is kept.
SECRET, TOKEN = secrets.token_hex(), "token"
MARK = re.compile(f"{SECRET}:(\\w+);")


class NotKept(Exception):
    """The view answered something else than a page to keep: this."""

    def __init__(self, answer: Any) -> None:
        super().__init__()
        self.answer = answer


def kept_page(*subjects: str) -> Callable[[View], View]:
    """Keep the page that a view shows to a visitor of the data of some subjects."""
    states_of = attrgetter(*subjects, *FRAME)

    def decorate(view: View) -> View:
        view.kept_by = {*subjects, *FRAME}  # type: ignore[attr-defined]

        @wraps(view)
        def shown(**values: Any) -> Any:
            found = versions()
            if found is None or not _may_be_kept():
                return view(**values)
            key = (view, *_visitor(), request.full_path, states_of(found))
            try:
                pieces = kept_under(key, lambda: _in_pieces(view(**values)))
            except NotKept as other:
                return other.answer
            return _put_together(pieces, {})

        return shown

    return decorate


def kept_parts(*names: str, **own: str) -> list[Markup]:
    """The pieces of every page's frame, each from a template of its own: for a visitor the same on
    all pages that stand under the same entry of the menu, but for what is each request's own, which
    is put in anew.

    They know `current_user` and what all templates may ask for.
    """
    found, section = versions(), request.path.split("/")[1]
    if found is None:
        texts = [_rendered(name, own) for name in names]
    else:
        key = (names, *_visitor(), request.endpoint, section, FRAME_STATES(found))
        marks = {each: _mark(each) for each in own}
        kept = kept_under(key, lambda: tuple(_in_pieces(_rendered(name, marks)) for name in names))
        texts = [_put_together(pieces, own) for pieces in kept]
    return [Markup(text) for text in texts]  # noqa: S704 - templates have escaped what they show


def _may_be_kept() -> bool:
    """Whether the page of this request says nothing that is said once."""
    return request.method == "GET" and "_flashes" not in session and not g.get("unseen_job_id")


def _visitor() -> tuple[Any, ...]:
    """Who looks at a page, under which name of this site, and how many notices wait for them."""
    user_id = current_user.id if current_user.is_authenticated else None
    site = request.scheme, request.host, request.root_path
    return user_id, site, g.get("unread_notices")


def _rendered(name: str, own: Mapping[str, str]) -> str:
    template = current_app.jinja_env.get_template(name)
    return template.render(own, current_user=current_user)


def _mark(name: str) -> str:
    """What stands in a kept text where something is each request's own; nothing else holds it."""
    return f"{SECRET}:{name};"


def _in_pieces(page: Any) -> Sequence[str]:
    """The page cut where something is this request's own: its texts, between them the names."""
    if not isinstance(page, str) or ONCE in page:
        raise NotKept(page)
    return tuple(MARK.split(page.replace(generate_csrf(), _mark(TOKEN))))


def _put_together(pieces: Sequence[str], own: Mapping[str, str]) -> str:
    """The page with what is this request's own."""
    if len(pieces) == 1:
        return pieces[0]
    filled = list(pieces)
    filled[1::2] = (
        generate_csrf() if each == TOKEN else escape(own[each]) for each in pieces[1::2]
    )
    return "".join(filled)


def register_kept_pages(app: Flask) -> None:
    """Let layouts ask for the pieces of the frame."""
    app.jinja_env.globals["kept_parts"] = kept_parts
