"""What devices are called."""

import pytest
from flask import Flask

from tcns.accounts.device_names import device_name
from tests.conventions.routes import bare_app

CHROME = "Mozilla/5.0 (Linux; Android 13; SM-A245F) AppleWebKit/537.36 (KHTML, like Gecko) "


@pytest.fixture(scope="module")
def bare() -> Flask:
    """The application without a database."""
    return bare_app()


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (CHROME + "Chrome/126.0.0.0 Mobile Safari/537.36", ("Chrome", "Android")),
        (CHROME + "Version/4.0 Chrome/126.0 Mobile Safari/537.36 Zalo/24.07", ("Zalo", "Android")),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126 Safari/537.36 Edg/126.0", ("Edge", "Windows")),
        ("Mozilla/5.0 (Windows NT 10.0; rv:127.0) Firefox/127.0", ("Firefox", "Windows")),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Safari/604.1",
            ("Safari", "iPhone"),
        ),
        ("curl/8.5.0", ()),
        ("", ()),
    ],
)
def test_a_device_is_named_by_browser_and_system(
    bare: Flask, user_agent: str, words: tuple[str, ...]
) -> None:
    with bare.app_context():
        name = device_name(user_agent)
        assert all(word in name for word in words)
        assert (name == device_name("nothing known")) is not bool(words)
