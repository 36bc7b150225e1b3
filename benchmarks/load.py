"""A client that asks for one address again and again, from several connections kept open."""

import http.client
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

HOST = "127.0.0.1"
# The addresses that the benchmark's server has beside the application's own.
FLOOR, BARE = "/floor/", "/bare/"
LONGEST_ANSWER_SECONDS = 30
WARM_UP_REQUESTS = 20
OK = 200


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


class Client:
    """One connection, kept open; it asks as a browser does, compressed answers included."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self.connection = http.client.HTTPConnection(HOST, port, timeout=LONGEST_ANSWER_SECONDS)
        self.headers = headers

    def get(self, path: str) -> bytes:
        """The answer; anything but 200 ends the benchmark."""
        self.connection.request("GET", path, headers=self.headers)
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != OK:
            raise SystemExit(f"{path} answered {answer.status}")
        return body


@dataclass(frozen=True)
class Load:
    """How much is asked: by how many clients, for how long, how often at most."""

    clients: int
    seconds: float
    requests: int

    def run(self, port: int, path: str, headers: dict[str, str]) -> Timing:
        """Ask for `path` from all clients at once; each waits for its answer, then asks again."""
        clients = [Client(port, headers) for _client in range(self.clients)]
        for client in clients * (WARM_UP_REQUESTS // self.clients):
            client.get(path)
        with ThreadPoolExecutor(self.clients) as pool:
            began = time.perf_counter()
            parts: Any = pool.map(lambda client: self._ask(client, path), clients)
            durations = [duration for part in parts for duration in part]
            return Timing.of(durations, time.perf_counter() - began)

    def _ask(self, client: Client, path: str) -> list[float]:
        """One client's answers, in seconds each."""
        durations: list[float] = []
        ends = time.perf_counter() + self.seconds
        while len(durations) < self.requests // self.clients and time.perf_counter() < ends:
            began = time.perf_counter()
            client.get(path)
            durations.append(time.perf_counter() - began)
        return durations
