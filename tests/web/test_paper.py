"""What officials print bears the nation, their agency, how fresh its figures are and who signs."""

from collections.abc import Callable

import pytest

from tests.page import Page, Visitor
from tests.world import World

pytestmark = pytest.mark.one_engine

Visit = Callable[..., Visitor]


def words_on_paper(page: Page) -> str:
    """What a page says on paper alone."""
    parts = [one for one in page.tree.iter() if "print-only" in (one.get("class") or "").split()]
    return " ".join(word for one in parts for word in " ".join(one.itertext()).split())


@pytest.mark.parametrize("url", ["/coverage", "/cockpit", "/coverage/export?as=print", "team"])
@pytest.mark.parametrize("persona", ["own", "administrator"])
def test_a_page_on_paper_has_head_and_foot(
    visit: Visit, world: World, persona: str, url: str
) -> None:
    visitor = visit(persona)
    page = visitor.get(f"/teams/{world.teams['village']}" if url == "team" else url)
    said = words_on_paper(page)
    agency = "Ủy ban nhân dân xã Hòa An" if persona == "own" else "Ủy ban nhân dân tỉnh"
    for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", agency, "Số liệu ngày", "CHỦ TỊCH"):
        assert words in said, f"{url} lacks {words}: {said}"
