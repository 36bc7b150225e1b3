"""What the server says by itself, before the application is asked, and what it never says."""

import pytest
from flask import Flask

from tcns.site.worker import LARGEST_REQUEST
from tests.site.served import Site

HOST = b"Host: localhost\r\n"
CLOSE = HOST + b"Connection: close\r\n"
FORM = CLOSE + b"Content-Type: application/x-www-form-urlencoded\r\n"
MEGABYTE = 1024 * 1024


def form(size: int) -> bytes:
    """A form of that many bytes that says nothing."""
    head = b"POST /sign-in HTTP/1.1\r\n" + FORM + b"Content-Length: %d\r\n\r\n" % size
    return head + b"a" * size


ANSWERS = {
    "a page": (200, b"GET /sign-in HTTP/1.1\r\n" + CLOSE + b"\r\n"),
    "a static file": (200, b"GET /static/tcns.css HTTP/1.1\r\n" + CLOSE + b"\r\n"),
    "nothing there": (404, b"GET /nothing-here HTTP/1.1\r\n" + CLOSE + b"\r\n"),
    "a foreign host": (400, b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"),
    "no host": (400, b"GET / HTTP/1.0\r\n\r\n"),
    "no HTTP": (400, b"hello there\r\n\r\n"),
    "a malformed head": (400, b"GET / HTTP/1.1\r\n" + HOST + b"Bad Name: 1\r\n\r\n"),
    "two lengths": (400, b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 1, 2\r\n\r\n"),
    "an unfinished body": (408, b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 9\r\n\r\na"),
    "a huge request": (413, b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 99999999\r\n\r\n"),
    "a large form": (413, form(3 * MEGABYTE)),
    "a huge head": (431, b"GET / HTTP/1.1\r\nX: " + b"a" * 40000 + b"\r\n\r\n"),
    "an unknown coding": (501, b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: br\r\n\r\n"),
}


@pytest.mark.parametrize(("status", "sent"), ANSWERS.values(), ids=ANSWERS)
def test_no_answer_says_what_serves(hasty: Site, status: int, sent: bytes) -> None:
    answer = hasty.answer_to(sent)
    head = answer.partition(b"\r\n\r\n")[0].lower()
    assert head.split()[1] == b"%d" % status, answer
    assert b"\r\nserver:" not in head
    assert b"\r\nvia:" not in head
    assert not any(name in answer.lower() for name in (b"waitress", b"python", b"werkzeug"))


def test_a_form_of_the_largest_size_reaches_the_page(hasty: Site) -> None:
    answer = hasty.answer_to(form(2 * MEGABYTE))
    assert answer.startswith(b"HTTP/1.1 400 ")  # it lacks the token every form carries
    assert b"<html" in answer


def test_too_large_a_form_is_refused_by_the_site_in_the_visitors_language(hasty: Site) -> None:
    assert b'lang="vi"' in hasty.answer_to(form(3 * MEGABYTE))


@pytest.mark.one_engine
def test_the_server_takes_what_any_page_takes(app: Flask) -> None:
    largest = [getattr(view, "largest_request_bytes", 0) for view in app.view_functions.values()]
    assert max(largest) > app.config["MAX_CONTENT_LENGTH"]
    assert max(largest) < LARGEST_REQUEST
