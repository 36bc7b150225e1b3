"""Answers kept in the memory of a process, for as long as the data they were computed from stay.

    @kept("areas")
    def levels_below(area_id: int, day: date) -> tuple[Level, ...]: ...

Asked again with the same arguments, the function answers what it answered before, until somebody
writes to one of the subjects named. An answer is found by the function, its arguments, the state of
these subjects as the asking transaction sees it (`tcns.database.versions`), the day and the
language: so a write in one process is seen by the next question in any other, and nothing has to be
forgotten by hand. A transaction that has written is answered anew. What names no subject rests on
its arguments alone: a drawing on its figures.

What an answer depends on must be an argument, a named subject, the day or the language: no hour,
no user who is not an argument, no request. Only values that nobody can change are kept.
"""

import sys
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import fields
from datetime import date
from enum import Enum
from functools import wraps
from operator import attrgetter
from threading import Lock
from types import MappingProxyType
from typing import Any, NamedTuple, ParamSpec, TypeVar, cast

from flask import Flask, current_app

from tcns.clock import today
from tcns.database.versions import is_one_instant, versions
from tcns.i18n import locale

MOST_ENTRIES = 20_000
MOST_BYTES = 32 * 1024 * 1024
# What part of the memory one value may take: a nation's overview is a page of 13 MB.
LARGEST_PART = 0.25
MISSING = object()
# What no entry weighs less than: its place, its key.
ENTRY_BYTES = 500

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


class Memory:
    """What one process keeps: so many entries and bytes at most, the least lately asked for
    forgotten first."""

    def __init__(self, most_entries: int = MOST_ENTRIES, most_bytes: int = MOST_BYTES) -> None:
        self.most_entries, self.most_bytes, self.bytes = most_entries, most_bytes, 0
        self.entries: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self.changing = Lock()

    def find(self, key: Hashable) -> Any:
        """What is kept under a key, or MISSING."""
        with self.changing:
            if key not in self.entries:
                return MISSING
            self.entries.move_to_end(key)
            return self.entries[key][0]

    def keep(self, key: Hashable, value: Any, size: int) -> None:
        """Keep a value of a size in bytes; one so large that it would drive out what is asked for
        by everybody else is not kept."""
        with self.changing:
            self._forget(key)
            if size > self.most_bytes * LARGEST_PART:
                return
            self.entries[key] = (value, size)
            self.bytes += size
            while len(self.entries) > self.most_entries or self.bytes > self.most_bytes:
                self._forget(next(iter(self.entries)))

    def forget(self) -> None:
        """Forget everything."""
        with self.changing:
            self.entries.clear()
            self.bytes = 0

    def _forget(self, key: Hashable) -> None:
        _value, size = self.entries.pop(key, (None, 0))
        self.bytes -= size


def register_memory(app: Flask) -> None:
    """Give the application a memory of its own."""
    app.extensions["kept"] = Memory()


def memory() -> Memory:
    """That of the current application."""
    found: Memory = current_app.extensions["kept"]
    return found


def kept(*subjects: str) -> Callable[[Callable[Asked, Answer]], Callable[Asked, Answer]]:
    """Keep what a function answers from the data of some subjects, or from its arguments alone."""
    states_of = attrgetter(*subjects) if subjects else lambda _versions: ()

    def decorate(function: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
        function.kept_by = subjects  # type: ignore[attr-defined]

        @wraps(function)
        def answered(*args: Asked.args, **named: Asked.kwargs) -> Answer:
            found = versions()
            if found is None:
                return function(*args, **named)
            key = (function, args, tuple(named.items()), states_of(found))
            return cast(Answer, kept_under(key, lambda: function(*args, **named)))

        return answered

    return decorate


def kept_under(asked: tuple[Any, ...], compute: Callable[[], Any]) -> Any:
    """What is kept for a question, on this day and in this language; else computed, and kept."""
    key = (*asked, today(), locale())
    found = memory().find(key)
    if found is MISSING:
        found = compute()
        _keep(key, found)
    return found


class KeptQuestion(NamedTuple):
    """One of several questions: the subjects that its answer is computed from, and what it is."""

    subjects: tuple[str, ...]
    question: tuple[Any, ...]


def kept_each(
    asked: Sequence[KeptQuestion], compute: Callable[[Sequence[int]], Sequence[Any]]
) -> list[Any]:
    """The answers to several questions, each kept by subjects of its own; those that are not kept
    are computed together, by their places."""
    states = versions()
    if states is None:
        return list(compute(range(len(asked))))
    rest = today(), locale()
    keys = [
        (*one.question, *(getattr(states, name) for name in one.subjects), *rest) for one in asked
    ]
    answers = [memory().find(key) for key in keys]
    missing = [place for place, answer in enumerate(answers) if answer is MISSING]
    for place, answer in zip(missing, compute(missing) if missing else (), strict=True):
        answers[place] = answer
        _keep(keys[place], answer)
    return answers


def _keep(key: tuple[Any, ...], answer: Any) -> None:
    """Keep an answer under a key that ends with the day and the language.

    What was begun before midnight may belong to either day, what is read while others write to
    either state: neither is kept.
    """
    *question, day, _language = key
    size = ENTRY_BYTES + weight(tuple(question[1:])) + weight(answer)
    if today() == day and is_one_instant():
        memory().keep(key, answer, size)


def weight(value: Any) -> int:
    """Roughly how many bytes a value takes; raises TypeError for one that somebody could change."""
    if isinstance(value, tuple | frozenset):
        return sys.getsizeof(value) + sum(map(weight, value))
    if isinstance(value, MappingProxyType):
        return sys.getsizeof(value) + sum(map(weight, value.items()))
    if getattr(getattr(value, "__dataclass_params__", None), "frozen", False):
        return sys.getsizeof(value) + sum(weight(getattr(value, f.name)) for f in fields(value))
    if value is None or isinstance(value, str | int | float | date | Enum):
        return sys.getsizeof(value)
    raise TypeError(f"{type(value).__name__} can be changed: it cannot be kept")
