"""What a phone keeps of the site: a page that is nobody's, all of one version."""

import json
import re
from collections import Counter
from collections.abc import Callable

import pytest

from tcns.phone.commands import FOLDER, PARTS, bundle
from tests.page import Page, Visitor
from tests.world import World

Visit = Callable[..., Visitor]
TOP_NAME = re.compile(r"^(?:export )?(?:async )?(?:function|const|let) (\w+)", re.MULTILINE)


def text(page: Page) -> str:
    return page.body.decode()


def test_the_script_of_every_page_is_made_of_its_modules_as_they_are() -> None:
    assert (FOLDER / "bundle.js").read_text("utf-8") == bundle(), "call `flask phone bundle`"


def test_no_two_modules_of_it_use_one_name() -> None:
    names = Counter(
        name
        for part in PARTS
        for name in TOP_NAME.findall((FOLDER / f"{part}.js").read_text("utf-8"))
    )
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.one_engine
def test_the_shell_is_the_same_for_everybody_and_names_nobody(visit: Visit, world: World) -> None:
    pages = {text(visit(who).get("/phone")) for who in ("anonymous", "member", "leader", "own")}
    assert len(pages) == 1
    answer = visit("member").get("/phone")
    assert not answer.response.headers.getlist("Set-Cookie")
    assert "csrf" not in text(answer)
    assert "Đồng Tâm" not in text(answer)


@pytest.mark.one_engine
def test_the_worker_keeps_public_files_alone_and_each_of_them_comes(visit: Visit) -> None:
    visitor = visit("anonymous")
    worker = text(visitor.send("GET", "/sw.js"))
    kept = json.loads(re.findall(r"start\((.*)\);", worker)[0])
    assert kept["shell"] == "/phone"
    assert len(kept["files"]) > 10
    for path in kept["files"]:
        assert "/static/" in path
        assert visitor.send("GET", path).status.value == 200, path


@pytest.mark.one_engine
def test_another_language_is_another_version(visit: Visit) -> None:
    versions = {
        re.findall(
            r'"version": "(\w+)"', text(visit("anonymous").send("GET", f"/sw.js?language={one}"))
        )[0]
        for one in ("vi", "en")
    }
    assert len(versions) == 2


@pytest.mark.one_engine
def test_every_page_names_the_manifest_and_whose_it_is(visit: Visit) -> None:
    home = text(visit("member").get("/"))
    assert 'rel="manifest"' in home
    owner = re.findall(r'name="phone-owner" content="(\w*)"', home)
    assert len(owner[0]) == 24
    assert 'name="phone-owner" content=""' in text(visit("anonymous").get("/sign-in"))
    manifest = json.loads(visit("anonymous").send("GET", "/manifest.webmanifest").body)
    for icon in manifest["icons"]:
        assert visit("anonymous").send("GET", icon["src"]).status.value == 200
