"""Every template compiles, is used, and gives its page a title."""

import ast
import inspect
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, meta, nodes

from tcns.web.errors import PAGES
from tests.conventions.routes import bare_app, is_static
from tests.conventions.sources import TEMPLATES, modules, parsed

SHARED_FOLDERS = ("components", "layouts")
ALL = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.*"))
# A page of its own: not a piece of one, a component or a layout.
PAGE_TEMPLATES = [
    name
    for name in ALL
    if name.endswith(".html")
    and name.partition("/")[0] not in SHARED_FOLDERS
    and not Path(name).name.startswith("_")
]


# Pages that a view of another name shows, and when.
PAGES_OF_OTHER_VIEWS = {
    "spreadsheets/print_list": "every export of a list, where it is wanted on paper",
    "accounts/sign_in/resume": "sign_in gives back what was typed before a sign-in ended",
    "site/show_style": "the page of components, which make dev alone serves",
    "audit/show_history": "the history of an area, a team, a person: one page for all",
    "activities/check_session": "log_activity and edit_activity show what will be stored",
    "activities/choose_team": "log_activity asks for the team first where somebody has several",
}


@cache
def environment() -> Environment:
    return bare_app().jinja_env


@cache
def syntax_of(name: str) -> nodes.Template:
    """The syntax tree of a template; fails with the line where it does not compile."""
    source = (TEMPLATES / name).read_text("utf-8")
    environment().compile(source, name, str(TEMPLATES / name))
    return environment().parse(source, name)


def named_in_templates() -> set[str]:
    """What templates extend, include or import, and the pieces of the frame they ask for."""
    found = {name for page in ALL for name in meta.find_referenced_templates(syntax_of(page))}
    return {name for name in found if name} | {
        name.value  # type: ignore[attr-defined]
        for page in ALL
        for call in syntax_of(page).find_all(nodes.Call)
        if getattr(call.node, "name", "") == "kept_parts"
        for name in call.args
    }


def named_in_code() -> set[str]:
    """Every text in the code that looks like the name of a template, and the error pages."""
    texts = {
        node.value
        for path in modules()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {text for text in texts if text.endswith((".html", ".svg", ".xml", ".js", ".typ"))} | {
        f"errors/{code}.html" for code in PAGES
    }


@pytest.mark.parametrize("name", ALL)
def test_a_template_compiles(name: str) -> None:
    syntax_of(name)


@pytest.mark.parametrize("name", PAGE_TEMPLATES)
def test_a_page_extends_a_layout_and_sets_its_title(name: str) -> None:
    tree = syntax_of(name)
    extended = [extends.template.as_const() for extends in tree.find_all(nodes.Extends)]
    assert len(extended) == 1
    assert extended[0].startswith("layouts/")
    blocks = {block.name for block in tree.find_all(nodes.Block)}
    assert blocks & {"title", "heading"}, "set the block title, or heading, which then is the title"


@pytest.mark.parametrize("name", ALL)
def test_a_phone_is_drawn_by_its_filter_alone(name: str) -> None:
    """A number that a template wrote itself would be seen by everybody."""
    source = (TEMPLATES / name).read_text("utf-8")
    assert re.findall(r"(?<!form)(?<!row)\.phone\b", source) == []


def test_every_template_is_used() -> None:
    assert set(ALL) - named_in_templates() - named_in_code() == set()


def test_every_template_that_is_named_exists() -> None:
    named = named_in_templates() | {name for name in named_in_code() if "/" in name}
    own = {name for name in named if not name.startswith("bootstrap")}
    missing = {name for name in own if not (TEMPLATES / name).exists()}
    assert {name for name in missing if name.endswith(".html")} == set()


def place_of(endpoint: str, view: Any) -> str:
    """Where the page of a view lies: in the folders of the view's module, under its own name."""
    folders = [part for part in inspect.unwrap(view).__module__.split(".")[1:-1] if part != "views"]
    return "/".join([*folders, endpoint.partition(".")[2]])


def test_a_page_lies_where_its_view_does() -> None:
    views = {
        place_of(*each) for each in bare_app().view_functions.items() if not is_static(each[0])
    }
    pages = {name.removesuffix(".html") for name in PAGE_TEMPLATES}
    strangers = {page for page in pages if not page.startswith("errors/")} - views
    assert strangers == set(PAGES_OF_OTHER_VIEWS), "a page template is named rooms/view.html"
