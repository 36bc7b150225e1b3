"""The timeline of a team as its page shows it."""

from tests.page import Page


def entries(page: Page) -> list[str]:
    """What the timeline tells, the latest first."""
    told = next(each for each in page.tree.iter("ol") if each.get("class") == "timeline")
    return [
        " ".join(" ".join(item.itertext()).split()).replace(" :", ":") for item in told.iter("li")
    ]
