"""Nobody shuts the site by being slow: the server waits for no one, and not for ever."""

import http.client
import os
import resource
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest

from tests.site.served import LONGEST_ANSWER_SECONDS, Site, rest_of, serving, status

IDLE = b""
HEAD = b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
BODY = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n"
CHUNKED = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5000\r\n"
UNFINISHED = (HEAD, BODY, CHUNKED)
KINDS = (IDLE, *UNFINISHED)
FILES_BESIDE_CONNECTIONS = 200
LONGEST_STOP_SECONDS = 15  # then the service manager kills it


@pytest.fixture(scope="module")
def patient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site whose visitors may take an hour."""
    with serving(tmp_path_factory.mktemp("patient") / "instance", 3600) as site:
        yield site


def slow_visitors(site: Site, count: int, stack: ExitStack) -> list[socket.socket]:
    """So many connections: some idle, some with half a head, some with half a body."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = max(soft, count + FILES_BESIDE_CONNECTIONS)
    resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))
    visitors = [stack.enter_context(closing(site.connect())) for _visitor in range(count)]
    for number, visitor in enumerate(visitors):
        visitor.sendall(KINDS[number % len(KINDS)])
    return visitors


def send_a_byte(visitors: list[socket.socket]) -> None:
    """Have everybody who has begun a request send one byte more of it."""
    for number, visitor in enumerate(visitors):
        if KINDS[number % len(KINDS)] is not IDLE:
            visitor.sendall(b"a")


def is_open(visitor: socket.socket) -> bool:
    """Whether the server has neither answered nor closed."""
    visitor.setblocking(False)
    try:
        visitor.recv(1)
    except BlockingIOError:
        return True
    return False


def still_waits_for_more(visitor: socket.socket) -> bool:
    """Send one byte; whether the server has, a moment later, neither refused nor closed."""
    try:
        visitor.sendall(b"a")
        visitor.recv(1024)
    except TimeoutError:
        return True
    except ConnectionError:
        pass
    return False


@pytest.mark.parametrize("count", [200, pytest.param(2000, marks=pytest.mark.long)])
def test_others_are_answered_while_slow_visitors_keep_their_connections(
    patient: Site, count: int
) -> None:
    with ExitStack() as stack:
        visitors = slow_visitors(patient, count, stack)
        for _other in range(30):
            send_a_byte(visitors)
            assert status(patient.port, "/sign-in") == http.client.OK
        assert sum(map(is_open, visitors)) == count


def test_who_does_nothing_is_cut_off(hasty: Site) -> None:
    assert hasty.answer_to(IDLE) == b""


@pytest.mark.parametrize("begun", UNFINISHED)
def test_who_begins_a_request_and_stops_is_told_that_time_is_over(
    hasty: Site, begun: bytes
) -> None:
    assert hasty.answer_to(begun).split()[1] == b"408"


@pytest.mark.parametrize("begun", UNFINISHED)
def test_sending_a_byte_now_and_then_does_not_keep_a_connection(hasty: Site, begun: bytes) -> None:
    with hasty.connect() as visitor:
        visitor.sendall(begun)
        visitor.settimeout(0.2)
        last_byte = time.monotonic() + LONGEST_ANSWER_SECONDS
        while still_waits_for_more(visitor):
            assert time.monotonic() < last_byte, "the connection was kept"


def test_the_site_ends_while_slow_visitors_keep_their_connections(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    directory = tmp_path_factory.mktemp("ending") / "instance"
    with ExitStack() as stack, serving(directory, 3600, workers=2) as site:
        visitors = slow_visitors(site, 40, stack)
        status(site.port)
        site.process.terminate()
        assert site.process.wait(LONGEST_STOP_SECONDS) == 0  # no worker had to be killed
        assert not any(rest_of(visitor) for visitor in visitors)


def test_a_killed_worker_ends_the_server_as_failed(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """The service manager starts it again."""
    with serving(tmp_path_factory.mktemp("killed") / "instance", 3600, workers=2) as site:
        os.kill(site.workers()[0], signal.SIGKILL)
        assert site.process.wait(LONGEST_STOP_SECONDS) != 0
