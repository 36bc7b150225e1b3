"""The cockpit is sound on every screen, on paper and in both languages; it is looked at there."""

from collections.abc import Callable

import pytest

from tcns.i18n import LANGUAGE_COOKIE
from tests.journeys.traveller import DESK, PHONE, SCREENSHOTS, Traveller

pytestmark = [pytest.mark.journey, pytest.mark.one_engine]

PAPER = 640
# Ways of seeing colours, as browsers imitate them; the last sees none.
EYES = ("protanopia", "deuteranopia", "tritanopia", "achromatopsia")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_cockpit_is_sound_on_every_screen_and_on_paper(
    open_window: Callable[..., Traveller], language: str
) -> None:
    for width in (PHONE, DESK):
        traveller = open_window(width)
        traveller.sign_in("tinh")
        spoken = {"name": LANGUAGE_COOKIE, "value": language, "url": traveller.site}
        traveller.page.context.add_cookies([spoken])
        traveller.go("/cockpit")
        traveller.look(f"cockpit-{language}")
    traveller.page.pdf(path=SCREENSHOTS / f"cockpit-{language}.pdf", prefer_css_page_size=True)
    if language == "vi":
        seen = traveller.page.context.new_cdp_session(traveller.page)
        for eyes in EYES:
            seen.send("Emulation.setEmulatedVisionDeficiency", {"type": eyes})
            traveller.page.screenshot(path=SCREENSHOTS / f"cockpit-{eyes}.png", full_page=True)
    traveller.fit_paper(PAPER)
    traveller.page.screenshot(path=SCREENSHOTS / f"cockpit-{language}-paper.png", full_page=True)


def test_a_list_has_the_head_and_the_foot_of_a_document_on_paper_alone(
    open_window: Callable[..., Traveller],
) -> None:
    traveller = open_window(DESK)
    traveller.sign_in("xa.02335")
    for address in ("/teams", "/memberships", "/persons", "/activities?status=all", "/coverage"):
        traveller.go(address)
        for media, is_shown in (("screen", False), ("print", True)):
            traveller.page.emulate_media(media=media)
            for part in (".paper-head", ".paper-foot"):
                assert traveller.main(part).is_visible() is is_shown, f"{part} of {address}"
    traveller.page.emulate_media(media="screen")
