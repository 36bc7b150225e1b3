"""What journeys read off a page, and how they fill its forms."""

import re

from tests.journeys.traveller import Traveller


def number_in(text: str) -> int:
    """1.871 as the number it is."""
    return int(re.sub(r"\D", "", text))


def fill(traveller: Traveller, name: str, text: str) -> None:
    """Type into a field of the page's form."""
    traveller.main(f"[name={name}]").fill(text)
