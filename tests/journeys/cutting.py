"""A site that can be killed, and the line to it, on which something happens at a chosen byte."""

import contextlib
import os
import signal
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tcns.site.server import WORKER_COMMAND
from tests.conventions.sources import ROOT
from tests.demonstration import copy_demonstration
from tests.journeys.server import free_port, wait_for

APPLICATION = "tests.journeys.breaking:app"
REQUEST_SECONDS = "30"
HEAD_OF_PHOTOGRAPH = b"POST /phone/photographs "
UP, DOWN = "up", "down"
CHUNK = 4096
FULL = "the disk is full"
# The moments of a photograph at which the process may die, in their order.
RECEIVED, HALF, STORED = "it is received", "half its file is written", "its file is stored"
UNCOMMITTED, COMMITTED = "its row is not committed", "its row is committed"
MOMENTS = (RECEIVED, HALF, STORED, UNCOMMITTED, COMMITTED)


@dataclass
class Watch:
    """What is to happen to which photograph, counted from now on: after so many bytes of what is
    sent (up) or answered (down). The line is broken then, or stays."""

    number: int
    way: str
    after: int
    act: Callable[[], None]
    breaks: bool


@dataclass
class Talk:
    """One connection: its two ends, and what has passed since a photograph began."""

    near: socket.socket
    far: socket.socket
    watch: Watch | None = None
    passed: dict[str, int] = field(default_factory=lambda: {UP: 0, DOWN: 0})

    def room(self, way: str) -> int | None:
        """How many bytes may still pass before something happens; None where nothing is to."""
        if self.watch is None or self.watch.way != way:
            return None
        return self.watch.after - self.passed[way]

    def end(self) -> None:
        """Cut it, both ways."""
        for one in (self.near, self.far):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


class Line:
    """The line between a phone and the site: it carries what comes, until what is to happen."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.number = self.listener.getsockname()[1]
        self.watch: Watch | None = None
        self.begun, self.is_broken = 0, False
        self.struck = threading.Event()
        threading.Thread(target=self._take, daemon=True).start()

    def at(
        self,
        number: int,
        after: int,
        act: Callable[[], None] = lambda: None,
        *,
        way: str = UP,
        breaks: bool = True,
    ) -> None:
        """Have something happen once, in the course of the photograph of that number."""
        self.begun = 0
        self.struck.clear()
        self.watch = Watch(number, way, after, act, breaks)

    def cut(self) -> None:
        """Break it, and let nothing through from now on."""
        self.is_broken = True

    def join(self) -> None:
        """Have it whole again, with nothing to happen."""
        self.watch, self.is_broken = None, False

    def close(self) -> None:
        """Take no more connections."""
        self.listener.close()

    def _take(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _address = self.listener.accept()
                threading.Thread(target=self._carry, args=[near], daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        """Join the phone to the site, if there is one."""
        with near, contextlib.suppress(OSError), socket.socket() as far:
            if self.is_broken:
                return
            far.connect(("127.0.0.1", self.port))
            talk = Talk(near, far)
            answers = threading.Thread(target=self._pass, args=[talk, far, near, DOWN], daemon=True)
            answers.start()
            self._pass(talk, near, far, UP)
            answers.join()

    def _pass(self, talk: Talk, source: socket.socket, sink: socket.socket, way: str) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(CHUNK):
                if way == UP and HEAD_OF_PHOTOGRAPH in data:
                    self._begin(talk)
                room = talk.room(way)
                if room is not None and room <= len(data):
                    sink.sendall(data[: max(room, 0)])
                    if self._strike(talk):
                        break
                    data = data[max(room, 0) :]
                sink.sendall(data)
                talk.passed[way] += len(data)
        talk.end()

    def _begin(self, talk: Talk) -> None:
        """Count a photograph that begins."""
        self.begun += 1
        is_watched = self.watch is not None and self.watch.number == self.begun
        talk.watch, talk.passed = self.watch if is_watched else None, {UP: 0, DOWN: 0}

    def _strike(self, talk: Talk) -> bool:
        """Let it happen; whether the line is broken by it."""
        watch, talk.watch, self.watch = talk.watch, None, None
        assert watch is not None
        if watch.breaks:
            self.cut()
        watch.act()
        self.struck.set()
        return self.is_broken


class MortalSite:
    """The demonstration, served by one process, behind a line."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.settings = copy_demonstration(directory)
        self.line = Line(free_port())
        self.address = f"http://127.0.0.1:{self.line.number}"
        self.fault = directory / "fault"
        self.process: subprocess.Popen[bytes]
        self.start()

    def start(self) -> None:
        """Start it, again with the same data and the same secrets."""
        with (
            (self.directory / "server.log").open("ab") as log,
            socket.create_server(("127.0.0.1", self.line.port)) as listener,
        ):
            number = listener.fileno()
            command = [*WORKER_COMMAND, str(number), REQUEST_SECONDS, APPLICATION]
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.settings, pass_fds=[number], stdout=log, stderr=log
            )
        wait_for(self.line.port, self.process, self.directory / "server.log")

    def kill(self) -> None:
        """End it as it stands."""
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def befall(self, fault: str) -> None:
        """Have a fault happen at its moment, from now on."""
        self.fault.write_text(fault, "utf-8")

    def free(self) -> None:
        """Have no fault from now on."""
        self.fault.unlink(missing_ok=True)

    def end(self) -> None:
        """End it for good."""
        self.process.kill()
        self.process.wait()
        self.line.close()


@contextmanager
def mortal_site(directory: Path) -> Iterator[MortalSite]:
    """A site to be killed."""
    site = MortalSite(directory)
    try:
        yield site
    finally:
        site.end()
