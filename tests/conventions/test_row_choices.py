"""Rows chosen of a list, gone, foreign or nonsense: an answer in words, nothing written or told."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.parse import urlencode

import pytest
from flask import Flask

from tcns.bulk.actions import BulkAction
from tcns.bulk.forms import MOST_ROWS, BulkForm
from tcns.teams.decisions import queries as decision_queries
from tcns.undo.vocabulary import ReversibleKind
from tests.bulk.choosing import DECISION, LAST, referrer, standing
from tests.conventions.opened_forms import Form, open_form
from tests.conventions.writing_forms import FORMS, HEAD
from tests.databases import fingerprint
from tests.page import Page, Visitor
from tests.world import CANARIES, World

Visit = Callable[..., Visitor]
NOTHING_THERE = 999_999


class Chosen(NamedTuple):
    """A page that does something to chosen rows: the world's records of it, what is typed."""

    url: str
    records: str
    own: str
    typed: Mapping[str, str] = {}


PAGES = {
    ReversibleKind.TEAMS_DISSOLVED: Chosen(
        "/teams/dissolve", "teams", "village", {**DECISION, "last_day": LAST}
    ),
    ReversibleKind.MEMBERSHIPS_ENDED: Chosen(
        "/memberships/end", "memberships", "deputy", {"last_day": LAST}
    ),
    ReversibleKind.SESSIONS_APPROVED: Chosen("/activities/approve", "activities", "submitted"),
}


def of_neighbour(world: World, page: Chosen) -> int:
    """A record of the kind that lies in the neighbour's commune."""
    return int(getattr(world, page.records)["neighbour"])


Rows = Callable[[World, Chosen], str]
# The rows that the address or the form names; none of them can be done.
SENT: Mapping[str, Rows] = {
    "none": lambda _world, _page: "",
    "gone": lambda _world, _page: f"{NOTHING_THERE}.1",
    "foreign": lambda world, page: f"{of_neighbour(world, page)}.1",
    "gone and foreign": lambda world, page: (
        f"{NOTHING_THERE}.1 {of_neighbour(world, page)}.1 {NOTHING_THERE}.2"
    ),
    "looked at in another version": lambda world, page: (
        f"{getattr(world, page.records)[page.own]}.77"
    ),
    "junk": lambda _world, _page: "x.y ٣.1 1 .1 1. -1.-1 1.1.1 \x00.1 9999999999.1 2147483648.1",
    "as large as a database holds": lambda _world, _page: "2147483647.2147483647",
    "too many": lambda _world, _page: " ".join(
        f"{NOTHING_THERE + number}.1" for number in range(MOST_ROWS + 1)
    ),
    "far too many": lambda _world, _page: "9 " * 50_000 + "1000000.1 " * 50_000,
}
ASKED: Mapping[str, Rows] = {
    **SENT,
    "one twice": lambda world, page: " ".join([f"{getattr(world, page.records)[page.own]}.1"] * 2),
}
# Those that act by a decision, one on file or a new one.
BY_DECISION = [
    form
    for form in FORMS
    if form.endpoint
    in (
        "teams.establish_teams",
        "teams.dissolve_team",
        "teams.amend_team",
        "teams.reform_team",
        "teams.merge_team",
    )
]
EACH_PAGE = pytest.mark.parametrize("kind", PAGES, ids=str)


def actions(base: type[BulkAction[Any]] = BulkAction) -> set[type[BulkAction[Any]]]:
    """Everything that is done to many rows."""
    return {one for each in base.__subclasses__() for one in (each, *actions(each))}


def test_every_bulk_action_is_walked() -> None:
    assert {action.kind for action in actions()} == PAGES.keys()


@pytest.mark.parametrize("case", ASKED)
@EACH_PAGE
def test_an_address_that_names_such_rows_shows_the_page(
    app: Flask, official: Visitor, world: World, kind: ReversibleKind, case: str
) -> None:
    page, before = PAGES[kind], fingerprint(app)
    ids = [pair.partition(".")[0] for pair in ASKED[case](world, page).split(" ")][:2000]
    for which in ("ticked", "page", "all", "nonsense"):
        query = urlencode([("which", which), *(("row", one) for one in ids)])
        answer = official.get(f"{page.url}?{query}")
        assert_nothing_foreign(answer)
    assert fingerprint(app) == before


@pytest.mark.parametrize("case", SENT)
@EACH_PAGE
def test_a_form_that_names_such_rows_is_refused_in_words_and_writes_nothing(
    app: Flask, official: Visitor, world: World, kind: ReversibleKind, case: str
) -> None:
    page = PAGES[kind]
    shown = opened(official, world, page)
    before = fingerprint(app)
    fields = {**standing(shown), **page.typed, "rows": SENT[case](world, page)}
    looked = send(shown, fields | {"look": "1"})
    stated = standing(looked)["stated"]
    answer = send(shown, fields | {"do": "1", "stated": stated})
    for one in (looked, answer):
        assert_nothing_foreign(one)
    source = answer.body.decode()
    assert "error-summary" in source or 'class="alert' in source, "nothing is said"
    assert fingerprint(app) == before


@EACH_PAGE
def test_a_row_named_twice_is_done_once(
    official: Visitor, world: World, kind: ReversibleKind
) -> None:
    """Without this, a page that refuses everything would pass the tests above."""
    page = PAGES[kind]
    shown = opened(official, world, page)
    fields = {**standing(shown), **page.typed}
    fields["rows"] = f"{fields['rows']} {fields['rows']} {of_neighbour(world, page)}.1 junk"
    fields["stated"] = standing(send(shown, fields | {"look": "1"}))["stated"]
    answer = official.send("POST", shown.url, data=fields | {"do": "1"}, headers=referrer(shown))
    done = official.get(answer.expect(HTTPStatus.FOUND).location)
    assert "1 was left as it was:" in done.text
    assert "not yours to change" in done.text
    assert_nothing_foreign(done)


@pytest.mark.one_engine
@pytest.mark.parametrize("form", BY_DECISION, ids=str)
def test_a_decision_that_goes_while_a_form_is_sent_is_never_replaced_by_an_empty_one(
    app: Flask, visit: Visit, world: World, form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_form(app, form, world, visit(form.persona))
    fields, before = page.fields(decision=[str(world.decisions["commune"])]), fingerprint(app)
    monkeypatch.setattr(decision_queries, "decision_by_id", lambda _scope, _id: None)
    page.send(fields | dict.fromkeys(HEAD, "")).expect(HTTPStatus.NOT_FOUND)
    assert fingerprint(app) == before


def test_too_many_rows_are_never_cut_down_in_silence(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"rows": "1.1 2.1"}):
        assert len(BulkForm().chosen()) == 2
    many = " ".join(f"{number}.1" for number in range(1, MOST_ROWS + 2))
    with app.test_request_context(method="POST", data={"rows": many}):
        assert BulkForm().is_too_much
        assert BulkForm().chosen() == []


def opened(visitor: Visitor, world: World, page: Chosen) -> Page:
    """The page with one record of one's own chosen."""
    own = getattr(world, page.records)[page.own]
    return visitor.get(f"{page.url}?which=ticked&row={own}&from=2020-01-01")


def send(page: Page, fields: Mapping[str, str]) -> Page:
    """The page again."""
    answer = page.visitor.send("POST", page.url, data=fields, headers=referrer(page))
    return answer.expect(HTTPStatus.OK)


def assert_nothing_foreign(page: Page) -> None:
    """Nothing on the page is the neighbour's."""
    source = page.body.decode()
    assert not [canary for canary in CANARIES if canary in source]
