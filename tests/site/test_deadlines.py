"""How long a connection may wait for what: the rule, with the clock in the test's hand."""

import socket
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from tcns.site.deadlines import SLOWEST_BYTES_PER_SECOND, TimedChannel, TimedServer
from tcns.site.worker import adjustments

SECONDS = 30
HEAD = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n"
WHOLE = b"GET /%d HTTP/1.1\r\nHost: localhost\r\n\r\n"
MORE_THAN_THE_SYSTEM_HOLDS = 8 * 1024 * 1024


class Waiting:
    """The tasks that threads would do, done when the test says so."""

    def __init__(self) -> None:
        self.tasks: list[TimedChannel] = []

    def add_task(self, task: TimedChannel) -> None:
        self.tasks.append(task)

    def work(self) -> None:
        self.tasks.pop().service()


def application(environ: dict[str, str], start_response: Callable[..., object]) -> list[bytes]:
    """Answers as many bytes as the address says."""
    answer = b"a" * int(environ["PATH_INFO"].removeprefix("/"))
    start_response("200 OK", [("Content-Length", str(len(answer)))])
    return [answer]


@pytest.fixture
def threads() -> Waiting:
    return Waiting()


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    """The server's and the visitor's end of a connection."""
    server, visitor = socket.socketpair()
    with closing(server), closing(visitor):
        visitor.settimeout(0)
        yield server, visitor


@pytest.fixture
def channel(threads: Waiting, ends: tuple[socket.socket, socket.socket]) -> Iterator[TimedChannel]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        chosen = adjustments(listener, SECONDS)
        address = (listener.family, listener.type, listener.proto, listener.getsockname())
        server = TimedServer(
            application, {}, False, listener, threads, chosen, sockinfo=address, bind_socket=False
        )
        connection = TimedChannel(server, ends[0], ("127.0.0.1", 1), chosen, map={})
        yield connection
        connection.handle_close()
        server.close()


def wait(channel: TimedChannel, seconds: float) -> None:
    """Let the server look at the connection when it has been waiting for so long."""
    channel.end_if_overdue(channel.since + seconds)


def test_a_connection_on_which_nothing_is_asked_is_closed(channel: TimedChannel) -> None:
    wait(channel, SECONDS)
    assert not channel.will_close
    wait(channel, SECONDS + 1)
    assert channel.will_close


def test_an_unfinished_head_is_refused_however_much_of_it_comes(
    channel: TimedChannel, threads: Waiting, ends: tuple[socket.socket, socket.socket]
) -> None:
    channel.received(HEAD)
    began = channel.since
    channel.received(b"X-More: " + b"a" * 20000)
    assert channel.since == began
    wait(channel, SECONDS)
    assert not threads.tasks
    wait(channel, SECONDS + 1)
    threads.work()
    assert ends[1].recv(100).startswith(b"HTTP/1.0 408 ")
    assert channel.close_when_flushed


def test_a_body_may_take_longer_by_what_a_slow_connection_needs_for_what_has_come(
    channel: TimedChannel, threads: Waiting, ends: tuple[socket.socket, socket.socket]
) -> None:
    channel.received(HEAD + b"\r\n" + b"a" * (10 * SLOWEST_BYTES_PER_SECOND))
    wait(channel, SECONDS + 10)
    assert not threads.tasks
    wait(channel, SECONDS + 11)
    threads.work()
    assert ends[1].recv(100).startswith(b"HTTP/1.1 408 ")


def test_a_request_that_is_being_answered_is_never_overdue(
    channel: TimedChannel, threads: Waiting, ends: tuple[socket.socket, socket.socket]
) -> None:
    channel.received(WHOLE % 5)
    for _look in range(5):
        wait(channel, 10 * SECONDS)
    assert not channel.will_close
    threads.work()
    assert ends[1].recv(1000).endswith(b"\r\n\r\naaaaa")
    wait(channel, SECONDS)
    assert not channel.will_close
    wait(channel, SECONDS + 1)
    assert channel.will_close


def test_an_answer_that_is_not_taken_is_dropped_and_keeps_no_thread(
    channel: TimedChannel, threads: Waiting
) -> None:
    channel.received(WHOLE % MORE_THAN_THE_SYSTEM_HOLDS)
    threads.work()
    assert channel.total_outbufs_len
    channel.end_if_overdue(channel.last_activity + SECONDS)
    assert not channel.will_close
    channel.end_if_overdue(channel.last_activity + SECONDS + 1)
    assert channel.will_close
