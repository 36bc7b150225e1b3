"""Deadlines for visitors who send or take slowly; waitress alone has one for those who do nothing.

Waitress takes a request whole before it gives it to a thread, so nobody who is slow keeps a thread.
What remains is that somebody sends one byte now and then, to keep a connection for ever.
"""

import time

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.utilities import Error

# What the slowest connection that is served sends in a second: 64 kbit/s, a poor telephone line.
SLOWEST_BYTES_PER_SECOND = 8 * 1024


class RequestTimeout(Error):
    """The answer to a request that did not come whole in time."""

    code = 408
    reason = "Request Timeout"


class TimedChannel(HTTPChannel):
    """A connection that is closed when the next thing due on it does not happen in time.

    A head has `channel_timeout` seconds from its first byte, a body as many more as a slow
    connection needs for what has come of it; an answer must move in that time, and a connection on
    which nothing is asked ends after it.
    """

    request: HTTPRequestParser | None  # the one that has not come whole yet

    def __init__(self, *args: object, **named: object) -> None:
        super().__init__(*args, **named)
        self.since = self.creation_time

    def received(self, data: bytes) -> bool:
        """Take what has come; the clock starts with a request's first byte, and with its last."""
        unfinished = self.request
        is_taken: bool = super().received(data)
        if self.requests or self.request is not unfinished:
            self.since = time.time()
        return is_taken

    def end_if_overdue(self, now: float) -> None:
        """Close what has waited too long; who has begun a request is told so (408)."""
        if self.requests:  # being answered, and nothing is read meanwhile
            self.since = now
        elif self.total_outbufs_len:
            self.since = self.last_activity
        if now <= self.since + self.adj.channel_timeout + self._seconds_for_body():
            return
        if self.request is None or self.total_outbufs_len:
            self.will_close = True
        else:
            self._refuse(self.request)

    def _seconds_for_body(self) -> float:
        """What a slow connection needs for that part of the body that has come."""
        if self.request is None:
            return 0
        arrived: int = self.request.body_bytes_received
        return arrived / SLOWEST_BYTES_PER_SECOND

    def _refuse(self, unfinished: HTTPRequestParser) -> None:
        """Have a thread answer the unfinished request, as waitress does with a malformed one."""
        with self.requests_lock:
            self.request = None
            unfinished.error = RequestTimeout("The request did not come whole in time.")
            unfinished.completed = True
            self.requests.append(unfinished)
            self.server.add_task(self)


class TimedServer(TcpWSGIServer):
    """Waitress, with a deadline for everything that a visitor does."""

    channel_class = TimedChannel

    def maintenance(self, now: float) -> None:
        """Look at every connection; waitress calls this every `cleanup_interval` seconds."""
        for channel in list(self.active_channels.values()):
            channel.end_if_overdue(now)
