"""A form that writes: what makes it succeed, and how it is opened and sent."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from flask import Flask, url_for

from tcns.database import db
from tests.conventions.access import look_up
from tests.conventions.before_forms import Values
from tests.page import Page, Visitor
from tests.world import World


def nothing(_world: World) -> Values:
    """Nothing is typed, or needed beside the world."""
    return {}


class Form(NamedTuple):
    """A form, and how the persona makes it succeed.

    `values` are those of its address, by names of the world; `page` is the view it stands on when
    that is another one; `needs` makes rows first, and answers values that they give the address.
    """

    endpoint: str
    values: Mapping[str, str] = {}
    typed: Callable[[World], Values] = nothing
    persona: str = "own"
    page: str = ""
    needs: Callable[[World], Values] = nothing
    is_on_record: bool = True

    def __str__(self) -> str:
        return self.endpoint


class Opened(NamedTuple):
    """A form in somebody's browser: the page, where it is sent, what makes it succeed."""

    page: Page
    url: str
    typed: Values

    def fields(self, **differs: Any) -> dict[str, Any]:
        """What a browser would send, with some of it typed over."""
        sent = self.page._fill(self.page._form(self.url), {**self.typed})
        return {**sent.to_dict(flat=False), **differs}

    def send(self, fields: Values | None = None) -> Page:
        """The answer to the form."""
        return self.page.visitor.send(
            "POST",
            self.url,
            data=self.fields() if fields is None else fields,
            headers={"Referer": f"https://localhost{self.page.url}"},
        )


def open_form(app: Flask, form: Form, world: World, visitor: Visitor) -> Opened:
    """Open the page on which the form stands."""
    values = prepare(app, form, world)
    url, page = (address(app, one, values) for one in (form.endpoint, form.page or form.endpoint))
    return Opened(visitor.get(page), url, form.typed(world))


def prepare(app: Flask, form: Form, world: World) -> dict[str, Any]:
    """Make the rows that the form needs; the values of its address."""
    with app.app_context():
        values = {name: look_up(world, path) for name, path in form.values.items()}
        values |= form.needs(world)
        db.session.commit()
    return values


def address(app: Flask, endpoint: str, values: Values) -> str:
    """The address of a view, made of those of the values that it takes."""
    taken = {name for rule in app.url_map.iter_rules(endpoint) for name in rule.arguments}
    with app.test_request_context():
        return url_for(endpoint, **{name: one for name, one in values.items() if name in taken})
