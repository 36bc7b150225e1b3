"""The page of components is accessible and fits every screen and paper; it is looked at there."""

from collections.abc import Iterator
from dataclasses import replace
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from tcns.database import db
from tcns.site.development import HOST, development_app
from tests.journeys.server import free_port
from tests.journeys.traveller import DESK, HEIGHTS, NARROW, PHONE, SCREENSHOTS, Traveller

pytestmark = [pytest.mark.journey, pytest.mark.one_engine]

CARD_ON_PAPER = 640


@pytest.fixture
def development(app: Flask) -> Iterator[str]:
    """What `make dev` serves, in a thread; its address."""
    shown = development_app(replace(app.config["TCNS"], hosts=(), plain_http=True))
    shown.config["COMPRESS_STREAMS"] = False  # what compresses files leaves them open
    server = make_server(HOST, free_port(), shown, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://{HOST}:{server.port}"
    server.shutdown()
    thread.join()
    with shown.app_context():
        db.engine.dispose()


def test_every_component_is_sound_on_every_screen_and_on_paper(
    development: str, browser: Browser
) -> None:
    for width in (NARROW, PHONE, DESK):
        context = browser.new_context(viewport={"width": width, "height": HEIGHTS[width]})
        traveller = Traveller(context.new_page(), development, width)
        traveller.go("/style")
        if width == NARROW:
            traveller.fit()
        else:
            traveller.look("components")
        context.close()
    context = browser.new_context(viewport={"width": DESK, "height": HEIGHTS[DESK]})
    traveller = Traveller(context.new_page(), development, DESK)
    traveller.go("/style")
    traveller.fit_paper(CARD_ON_PAPER)
    traveller.page.pdf(path=SCREENSHOTS / "components.pdf", prefer_css_page_size=True)
    context.close()
