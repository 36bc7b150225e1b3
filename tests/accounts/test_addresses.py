"""Nobody is led to another site."""

import pytest

from tcns.web.addresses import HOME, local_path


@pytest.mark.parametrize(
    "address",
    ["/", "/teams", "/teams/12/edit", "/coverage?by=district&on=2024-06-30", "/teams?q=a%2Fb+c"],
)
def test_an_address_of_ours_is_led_to(address: str) -> None:
    assert local_path(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "teams",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https:evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/%2Fevil.example",
        "/%5Cevil.example",
        "%2F%2Fevil.example",
        "/%09/evil.example",
        "/\t/evil.example",
        "\n//evil.example",
        "/teams//evil.example",
        "/teams?x=\r\nSet-Cookie: a=b",
        "/@evil.example",
        "/:80",
        " //evil.example",
        "/teams#//evil.example",
    ],
)
def test_any_other_leads_home(address: str | None) -> None:
    assert local_path(address) == HOME
