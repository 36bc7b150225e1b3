"""The day one looks at goes along from page to page: lists, teams, persons, decisions, areas."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.page import Visitor
from tests.world import World

Visit = Callable[..., Visitor]
DAY = "2023-06-01"
NAMES = (
    "list of teams",
    "list of persons",
    "list of memberships",
    "team",
    "person",
    "decision",
    "area",
)
RECORDS = ("/teams/", "/persons/", "/decisions/")


def pages(world: World) -> dict[str, str]:
    return {
        "list of teams": "/teams",
        "list of persons": "/persons",
        "list of memberships": "/memberships",
        "team": f"/teams/{world.teams['village']}",
        "person": f"/persons/{world.persons['deputy']}",
        "decision": f"/decisions/{world.decisions['commune']}",
        "area": f"/areas/{world.commune.code}",
    }


@pytest.mark.parametrize("name", NAMES)
def test_links_between_records_keep_the_day(visit: Visit, world: World, name: str) -> None:
    page = visit("own").get(f"{pages(world)[name]}?on={DAY}")
    own = pages(world)[name]  # taking the filter off leads to the page itself without the day
    links = {link.get("href", "") for link in page.tree.iter("a")} - {own}
    records = [url for url in links if url.startswith(RECORDS) and urlsplit(url).path[-1].isdigit()]
    assert records
    lost = [url for url in records if parse_qs(urlsplit(url).query).get("on") != [DAY]]
    assert lost == []


def test_without_a_day_addresses_stay_short(visit: Visit, world: World) -> None:
    for name, url in pages(world).items():
        if name != "area":  # its usual day is that of the map
            page = visit("own").get(url)
            links = [link for link in page.links.values() if link.startswith(RECORDS)]
            assert not [link for link in links if "on=" in link], name


def test_a_person_is_shown_with_what_they_were_until_that_day(visit: Visit, world: World) -> None:
    visitor = visit("own", language="en")
    url = f"/persons/{world.persons['hamlet_member']}"
    assert "Nà Đình" in visitor.get(url).text
    assert "Nà Đình" not in visitor.get(f"{url}?on=2024-02-29").text


def test_a_decision_counts_the_members_of_that_day(visit: Visit, world: World) -> None:
    visitor = visit("own", language="en")
    url = f"/decisions/{world.decisions['commune']}"
    hamlet = [row for row in visitor.get(url).rows if row[0].endswith("Nà Đình")]
    earlier = [row for row in visitor.get(f"{url}?on=2024-02-29").rows if "Nà Đình" in row[0]]
    assert (hamlet[0][2], earlier[0][2]) == ("2", "1")
