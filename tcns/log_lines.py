"""Log lines: one JSON object each, its fields named as the Elastic Common Schema (ECS) has them.

A log holds no value that somebody sent or that is on record. Of an error it tells type, code and
where it was raised, not its message, which may quote one; this is why no library writes them.
Whatever breaks a line is escaped, so that nobody can write a line of their own.
"""

import json
import logging
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from logging.handlers import WatchedFileHandler
from pathlib import Path
from typing import Any

ECS_VERSION = "8.17.0"
SERVICE = "tcns"
# What everything logged meanwhile is about: a request, a job.
about: ContextVar[Mapping[str, Any]] = ContextVar("about", default={})  # noqa: B039 - never changed


class JsonLines(logging.Formatter):
    """A record as one JSON object on one line, in ASCII; `extra={"fields": …}` adds fields."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        fields = {
            "@timestamp": _moment(record),
            "log.level": record.levelname.lower(),
            "message": record.getMessage(),
            "ecs.version": ECS_VERSION,
            "service.name": SERVICE,
            "log.logger": record.name,
            "process.pid": record.process,
            **about.get(),
            **getattr(record, "fields", {}),
            **error_fields(_error_of(record)),
        }
        return json.dumps(fields, default=str)


class PlainLines(logging.Formatter):
    """A record as a person at a terminal reads it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; below it, where an error was raised."""
        line = f"{record.levelname.capitalize()}: {printable(record.getMessage())}"
        error = _error_of(record)
        return f"{line}\n{stack_of(error)}" if error else line


def printable(text: str) -> str:
    """Text in which whatever breaks a line or steers a terminal is escaped."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def error_fields(error: BaseException | None) -> dict[str, Any]:
    """What is told of an error: type, code of the database if it has one, where it was raised."""
    if error is None:
        return {}
    fields = {"error.type": name_of(error), "error.stack_trace": stack_of(error)}
    driver = getattr(error, "orig", error)
    code = getattr(driver, "sqlstate", None) or getattr(driver, "sqlite_errorname", None)
    return fields | ({"error.code": code} if code else {})


def name_of(error: BaseException) -> str:
    """The full name of an error's type."""
    return f"{type(error).__module__}.{type(error).__qualname__}"


def stack_of(error: BaseException) -> str:
    """Where an error was raised and what led to it, the cause first: files, lines and types,
    neither messages nor values."""
    told = [[*_places(one), name_of(one)] for one in _chain(error)]
    return "\n\n".join("\n".join(lines) for lines in reversed(told))


def _places(error: BaseException) -> Iterator[str]:
    """The calls that led to where an error was raised."""
    for frame, line in traceback.walk_tb(error.__traceback__):
        yield f"{frame.f_code.co_filename}:{line} in {frame.f_code.co_qualname}"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what led to it, each once."""
    seen: set[int] = set()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        yield following
        context = None if following.__suppress_context__ else following.__context__
        following = following.__cause__ or context


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat("T", "milliseconds")


def _error_of(record: logging.LogRecord) -> BaseException | None:
    return record.exc_info[1] if record.exc_info else None


def write_logs(*, is_command: bool, file: str | None = None) -> None:
    """Write everything logged in this process: to the file if one is set, else to stderr as JSON.

    A command's stderr stays for whoever typed it: there stand warnings, in plain words.
    """
    json_handler: logging.Handler
    handlers: list[logging.Handler] = []
    if is_command:
        plain = logging.StreamHandler(sys.stderr)
        plain.setLevel(logging.WARNING)
        plain.setFormatter(PlainLines())
        handlers.append(plain)
    if file or not is_command:
        # A file that was renamed to be kept is begun anew.
        json_handler = (
            WatchedFileHandler(Path(file), encoding="ascii") if file else logging.StreamHandler()
        )
        json_handler.setFormatter(JsonLines())
        handlers.append(json_handler)
    logging.basicConfig(level=logging.WARNING, handlers=handlers, force=True)
    logging.getLogger("tcns").setLevel(logging.INFO)
    logging.captureWarnings(True)
    _take_over_server()


def _take_over_server() -> None:
    """Have what the web server logs in its workers written like everything else."""
    for name in ("_granian", "granian.access"):
        server = logging.getLogger(name)
        server.handlers.clear()
        server.propagate = True
