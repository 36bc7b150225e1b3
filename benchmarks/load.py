"""Something done again and again by several clients at once, and what that took."""

import http.client
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

HOST = "127.0.0.1"
# The address that the benchmark's server has beside the application's own.
FLOOR = "/floor/"
LONGEST_ANSWER_SECONDS, LONGEST_IDLE_SECONDS = 30, 10
WARM_UP = 20
OK = 200

Act = Callable[[], object]


@dataclass(frozen=True)
class Timing:
    """What a run showed: answers per second, and milliseconds per answer."""

    per_second: float
    median: float
    p95: float

    @classmethod
    def of(cls, durations: list[float], seconds: float) -> "Timing":
        """The figures of answers that took `durations` seconds each, `seconds` in all."""
        cuts = statistics.quantiles(durations, n=20)
        return cls(len(durations) / seconds, cuts[9] * 1000, cuts[18] * 1000)


class Connection:
    """One connection, kept open; the server closes it some time after it was used last, and before
    that it is opened anew."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection(HOST, port, timeout=LONGEST_ANSWER_SECONDS)
        self.used_at = 0.0

    def send(
        self, method: str, path: str, headers: dict[str, str], body: str | None = None
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """The answer and its body."""
        if time.monotonic() - self.used_at > LONGEST_IDLE_SECONDS:
            self.connection.close()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        self.used_at = time.monotonic()
        return answer, content


class Client:
    """One connection, kept open; it asks as a browser does: answers may be compressed, and the
    cookie that one sets goes along with the next question."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self.connection, self.headers = Connection(port), headers

    def get(self, path: str) -> bytes:
        """The answer; anything but 200 ends the benchmark."""
        answer, body = self.connection.send("GET", path, self.headers)
        if answer.status != OK:
            raise SystemExit(f"{path} answered {answer.status}")
        cookie = answer.getheader("Set-Cookie")
        if cookie:
            self.headers = self.headers | {"Cookie": cookie.partition(";")[0]}
        return body


@dataclass(frozen=True)
class Load:
    """How much is done: by how many clients, for how long, how often at most."""

    clients: int
    seconds: float
    times: int

    def ask(self, port: int, path: str, headers: dict[str, str]) -> Timing:
        """Ask for `path` from all clients at once."""
        return self.run([partial(c.get, path) for c in self._clients(port, headers)])

    def _clients(self, port: int, headers: dict[str, str]) -> list[Client]:
        """The clients, each with a connection of its own."""
        return [Client(port, headers) for _client in range(self.clients)]

    def run(self, acts: Sequence[Act]) -> Timing:
        """Let as many clients act at once, each with one of `acts`: again when it is done."""
        own = acts[: self.clients]
        for act in list(own) * (WARM_UP // self.clients):
            act()
        with ThreadPoolExecutor(self.clients) as pool:
            began = time.perf_counter()
            durations = [each for part in pool.map(self._repeat, own) for each in part]
            return Timing.of(durations, time.perf_counter() - began)

    def _repeat(self, act: Act) -> list[float]:
        """What one client's acts took, in seconds each."""
        durations: list[float] = []
        ends = time.perf_counter() + self.seconds
        while len(durations) < self.times // self.clients and time.perf_counter() < ends:
            began = time.perf_counter()
            act()
            durations.append(time.perf_counter() - began)
        return durations
