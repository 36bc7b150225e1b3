"""Small writes beside the requests: nobody who asks for a page waits for them.

One thread of each process does what was left to it, in transactions of its own. What the database
cannot do now is dropped, since the next request leaves it again; what is marked as vital is kept
until it can be done.
"""

import atexit
import logging
import time
from collections.abc import Callable, Hashable
from threading import Condition, Lock, Thread
from typing import NamedTuple

from flask import Flask, current_app
from sqlalchemy.exc import SQLAlchemyError

from tcns.database.faults import fault_of

RETRY_SECONDS = 1
FAILED = "a write beside the requests failed"

logger = logging.getLogger(__name__)


class Write(NamedTuple):
    """What is to be written, and whether it is tried until it is."""

    write: Callable[[], None]
    is_vital: bool


class Background:
    """The writes left to this process, each under a key: left again before it is done, it is done
    once."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.left: dict[Hashable, Write] = {}
        self.changes, self.working = Condition(), Lock()
        self.thread: Thread | None = None

    def leave(self, key: Hashable, write: Callable[[], None], *, is_vital: bool = False) -> None:
        """Have a write done soon; the thread begins with the first, in the process that serves."""
        with self.changes:
            self.left[key] = Write(write, is_vital)
            if self.thread is None or not self.thread.is_alive():
                self.thread = Thread(target=self._run, name="background", daemon=True)
                self.thread.start()
            self.changes.notify()

    def has(self, key: Hashable) -> bool:
        """Whether a write is still to be done."""
        return key in self.left

    def flush(self) -> None:
        """Do now what was left; what is vital and cannot be done stays."""
        with self.working:
            with self.changes:
                pending = dict(self.left)
            undone = self._carry_out(pending)
            with self.changes:
                for key, write in pending.items():
                    if key not in undone and self.left.get(key) is write:
                        del self.left[key]

    def flush_at_exit(self) -> None:
        """Try once more what was left when the process ends, and say what was not done."""
        self.flush()
        if self.left:
            logger.error("%s writes were left undone when the process ended", len(self.left))

    def _run(self) -> None:
        while True:
            with self.changes:
                self.changes.wait_for(lambda: self.left)
            self.flush()
            if self.left:
                time.sleep(RETRY_SECONDS)

    def _carry_out(self, pending: dict[Hashable, Write]) -> set[Hashable]:
        """Do each; the keys of those to be tried again. After one that cannot be done now only the
        vital ones are tried."""
        undone: set[Hashable] = set()
        is_failing = False
        for key, one in pending.items():
            if one.is_vital or not is_failing:
                is_done = self._is_done(one)
                is_failing = is_failing or not is_done
                if one.is_vital and not is_done:
                    undone.add(key)
        return undone

    def _is_done(self, one: Write) -> bool:
        """Do one; whether it is done, or asking again is no use."""
        with self.app.app_context():
            try:
                one.write()
            except SQLAlchemyError as error:
                fault = fault_of(error)
                if fault is None:
                    logger.exception(FAILED)
                return fault is None
            # Whatever a write is wrong in. Nobody called this thread who could be told: an error
            # that ended it would leave the write first in line, and each thread that follows would
            # end there too, before a sign-out that waits behind it.
            except Exception:
                logger.exception(FAILED)
        return True


def background() -> Background:
    """That of the current application."""
    found: Background = current_app.extensions["background"]
    return found


def register_background(app: Flask) -> None:
    """Let requests leave writes to be done beside them."""
    app.extensions["background"] = Background(app)
    atexit.register(app.extensions["background"].flush_at_exit)
