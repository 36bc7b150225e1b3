"""A visitor of the site, and the pages they get: every page of every test is inspected.

A test says only what differs: `visitor.get("/teams")` expects a sound page with status 200;
`visitor.get(url, status=HTTPStatus.NOT_FOUND)` expects another answer, inspected as well.
`page.post(url, {"name": "…"})` sends the form of that page that leads to `url` as a browser
would: all its fields as they stand on the page, token and idempotency key included, with the given
ones typed over; it expects to be led on, and follows.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping
from functools import cached_property
from http import HTTPStatus
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from flask import Flask, has_app_context
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tcns.accounts.sign_in.session_cookie import SESSION_KEY
from tests.databases import HOST
from tests.inspection import inspect_headers, inspect_page, parse, text_of

Fields = Mapping[str, Any]
REDIRECTS = (HTTPStatus.FOUND, HTTPStatus.SEE_OTHER)
SENT_ON = HTTPStatus.TEMPORARY_REDIRECT
ORIGIN = f"https://{HOST}"


class Visitor:
    """Somebody in front of a browser, signed in or not."""

    def __init__(
        self,
        app: Flask,
        sign_in_key: str | None = None,
        language: str = "vi",
        *,
        is_inspecting: bool = True,
    ) -> None:
        self.app = app
        self.is_inspecting = is_inspecting
        self.client = app.test_client()
        self.client.set_cookie("language", language)
        self.session: dict[str, str] = {}
        if sign_in_key is not None:
            self.sign_in(sign_in_key)

    def sign_in(self, key: str) -> None:
        """Put the key of a sign-in row into the session cookie."""
        self.session[SESSION_KEY] = key
        self._keep_session()

    def token(self) -> str:
        """A CSRF token of this visitor's session, for requests made without a page."""
        self.session["csrf_token"] = "of this session"
        self._keep_session()
        signer = URLSafeTimedSerializer(self.app.secret_key or "", salt="wtf-csrf-token")
        return str(signer.dumps(self.session["csrf_token"]))

    def _keep_session(self) -> None:
        """Sign the session into its cookie, as the application does."""
        interface = self.app.session_interface
        assert isinstance(interface, SecureCookieSessionInterface)
        signer = interface.get_signing_serializer(self.app)
        assert signer is not None
        self.client.set_cookie(self.app.config["SESSION_COOKIE_NAME"], signer.dumps(self.session))

    def get(
        self, url: str, status: HTTPStatus = HTTPStatus.OK, *, follow: bool = False, **headers: str
    ) -> "Page":
        """Open an address and inspect what comes; with `follow`, where it leads."""
        page = self.send("GET", url, headers=headers)
        while follow and page.status in REDIRECTS:
            page = self.send("GET", page.location, headers=headers)
        return page.expect(status)

    def download(self, url: str, content_type: str) -> bytes:
        """Open an address that gives a file to keep; its bytes."""
        page = self.send("GET", url).expect(HTTPStatus.OK)
        assert page.content_type == content_type, f"{url} is {page.content_type}"
        kept = page.response.headers.get("Content-Disposition", "")
        assert kept.startswith("attachment"), f"{url} opens in the browser instead of being kept"
        return page.body

    def post_bare(self, url: str, fields: Fields | None = None) -> "Page":
        """Post without a page, with a valid token: what somebody does who types addresses."""
        headers = {"Referer": f"{ORIGIN}/", "X-CSRFToken": self.token()}
        return self.send("POST", url, data=fields or {}, headers=headers)

    def send(self, method: str, url: str, **request: Any) -> "Page":
        """Send any request; the answer's headers and, if it is a page, the page are inspected."""
        assert not has_app_context(), (
            "an application context is open around a request: view and test would share one "
            "session, and a missing commit would not be seen; close it first"
        )
        response = self.client.open(url, method=method, **request)
        return Page(self, url, response)


class Page:
    """An answer of the site."""

    def __init__(self, visitor: Visitor, url: str, response: TestResponse) -> None:
        self.visitor = visitor
        self.url = url
        self.response = response
        self.status = HTTPStatus(response.status_code)
        self.content_type = response.headers.get("Content-Type", "")
        self.body = response.get_data()
        response.close()
        inspect_headers(url, response)
        if self.is_html and visitor.is_inspecting:
            inspect_page(url, self.body)

    @property
    def is_html(self) -> bool:
        """Whether this is one of our pages, not a file or the note of a redirect."""
        return self.content_type.startswith("text/html") and self.status not in (
            *REDIRECTS,
            SENT_ON,
        )

    @property
    def content(self) -> str:
        """What can be read on a page or in a file, the parts of a workbook included."""
        if not self.body.startswith(b"PK"):
            return self.body.decode(errors="replace")
        with zipfile.ZipFile(io.BytesIO(self.body)) as workbook:
            return "".join(
                workbook.read(name).decode(errors="replace") for name in workbook.namelist()
            )

    @property
    def location(self) -> str:
        """Where a redirect leads: path and query."""
        target = urlsplit(urljoin(self.url, self.response.headers.get("Location", "")))
        return target._replace(scheme="", netloc="").geturl()

    def expect(self, status: HTTPStatus) -> "Page":
        """The page itself, if it has this status."""
        where = f" to {self.location}" if self.status in REDIRECTS else ""
        if self.status is not status:
            raise AssertionError(
                f"{self.url} answers {self.status.value} {self.status.phrase}{where}, "
                f"not {status.value} {status.phrase}{self._excerpt()}"
            )
        return self

    def _excerpt(self) -> str:
        """What the page says, shortened, for failure messages."""
        return f": {self.text[:400]}" if self.is_html else ""

    @cached_property
    def tree(self) -> Element:
        """The parsed page."""
        return parse(self.body)

    @cached_property
    def text(self) -> str:
        """What the main part of the page says, single-spaced."""
        main = next(self.tree.iter("main"), None)
        return text_of(self.tree if main is None else main)

    @property
    def title(self) -> str:
        """The text of <title>."""
        return text_of(next(self.tree.iter("title")))

    @property
    def heading(self) -> str:
        """The text of the one h1."""
        return text_of(next(self.tree.iter("h1")))

    @property
    def links(self) -> dict[str, str]:
        """The address of every link of the page, by its text."""
        return {text_of(a): a.get("href", "") for a in self.tree.iter("a")}

    @property
    def rows(self) -> list[list[str]]:
        """The cells of every table row with data cells, as text."""
        rows = ([text_of(cell) for cell in row if cell.tag in ("td", "th")] for row in self._rows())
        return [row for row in rows if row]

    def _rows(self) -> Iterator[Element]:
        return (row for row in self.tree.iter("tr") if row.find("td") is not None)

    @property
    def field_errors(self) -> dict[str, str]:
        """What the page says is wrong, by field: the elements its fields are described by."""
        by_id = {element.get("id"): element for element in self.tree.iter()}
        return {
            control.get("name", ""): " ".join(
                text_of(by_id[described])
                for described in control.get("aria-describedby", "").split()
            )
            for control in self.tree.iter()
            if control.get("aria-invalid") == "true"
        }

    def click(self, text: str) -> "Page":
        """Follow the link with this text."""
        assert text in self.links, f"{self.url} has no link {text!r}, only {sorted(self.links)}"
        return self.visitor.get(urljoin(self.url, self.links[text]), follow=True)

    def post(
        self,
        url: str | None = None,
        typed: Fields | None = None,
        *,
        status: HTTPStatus | None = None,
    ) -> "Page":
        """Send the form that leads to `url` (this page's own address when None).

        Expects to be led on, and follows; with `status`, expects that answer instead. What is to
        be sent on is sent on, as by a browser.
        """
        target = url or self.url
        fields = self._fill(self._form(target), typed or {})
        sent = {"data": fields, "headers": {"Referer": f"{ORIGIN}{self.url}"}}
        answer = self.visitor.send("POST", target, **sent)
        while answer.status is SENT_ON:
            answer = self.visitor.send("POST", answer.location, **sent)
        if status is not None:
            return answer.expect(status)
        if answer.status not in REDIRECTS:
            answer.expect(HTTPStatus.SEE_OTHER)
        return self.visitor.get(answer.location, follow=True)

    def _form(self, target: str) -> Element:
        """The form of this page that is posted to `target`."""
        forms = {
            urljoin(self.url, form.get("action") or self.url): form
            for form in self.tree.iter("form")
            if form.get("method", "").lower() == "post"
        }
        assert target in forms, f"{self.url} has no form posted to {target}, only {sorted(forms)}"
        return forms[target]

    def _fill(self, form: Element, typed: Fields) -> MultiDict[str, Any]:
        """The fields of the form as a browser sends them, with what was typed in their place."""
        fields: MultiDict[str, Any] = MultiDict(_standing(form))
        known = {control.get("name") for control in form.iter()} - {None}
        unknown = set(typed) - known
        assert not unknown, (
            f"the form has no field {sorted(unknown)}, only {sorted(map(str, known))}"
        )
        for name, value in typed.items():
            fields.poplist(name)
            values = value if isinstance(value, list) else [value]
            fields.setlist(name, [one for one in values if one is not None])
        return fields


def _standing(form: Element) -> Iterator[tuple[str, str]]:
    """Name and value of each field that a browser would send untouched."""
    for control in form.iter():
        name, kind = control.get("name"), control.get("type", "text")
        if name is None or control.get("disabled") is not None:
            continue
        if control.tag == "textarea":
            yield name, (control.text or "").removeprefix("\n")
        elif control.tag == "select":
            yield from ((name, value) for value in _chosen(control))
        elif control.tag == "input" and kind in ("checkbox", "radio"):
            if control.get("checked") is not None:
                yield name, control.get("value", "on")
        elif control.tag == "input" and kind not in ("submit", "button", "image", "file"):
            yield name, control.get("value", "")


def _chosen(select: Element) -> list[str]:
    """The values of the chosen options; a list that shows one line has its first chosen."""
    options = list(select.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None]
    if not chosen and select.get("multiple") is None:
        chosen = options[:1]
    return [option.get("value", text_of(option)) for option in chosen]
