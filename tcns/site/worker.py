"""One process that serves, on the socket it is given; tcns.site.server starts several.

python -m tcns.site.worker SOCKET_NUMBER SECONDS MODULE:APPLICATION
"""

import gc
import logging
import resource
import signal
import socket
import sys
from importlib import import_module

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.task import ThreadedTaskDispatcher

from tcns.site.deadlines import TimedServer

THREADS = 4
LONGEST_LAST_ANSWER_SECONDS, LONGEST_STOP_SECONDS = 3, 5
# A connection costs a file, an upload or a large answer on it one more.
MOST_CONNECTIONS, MOST_FILES = 2000, 8192
LARGEST_HEAD = 32 * 1024
# More than any page takes, so that the page itself refuses, in the visitor's language.
LARGEST_REQUEST = 32 * 1024 * 1024
# Beyond this a request, or what is left of an answer, waits on disk.
LARGEST_IN_MEMORY = 64 * 1024
# An answer up to this size waits for a slow reader without its thread.
LARGEST_WAITING_ANSWER = 512 * 1024 * 1024


def adjustments(listener: socket.socket, seconds: int) -> Adjustments:
    """How waitress serves: no Server header, proxies' headers left to the application."""
    return Adjustments(
        sockets=[listener],
        threads=THREADS,
        ident=None,
        server_name="host.invalid",  # of a request that names none; the application refuses it
        clear_untrusted_proxy_headers=False,
        connection_limit=MOST_CONNECTIONS,
        asyncore_use_poll=True,  # select() knows 1024 files
        channel_timeout=seconds,
        cleanup_interval=1,
        max_request_header_size=LARGEST_HEAD,
        max_request_body_size=LARGEST_REQUEST,
        recv_bytes=LARGEST_IN_MEMORY,
        inbuf_overflow=LARGEST_IN_MEMORY,
        outbuf_high_watermark=LARGEST_WAITING_ANSWER,
    )


def serve(listener: socket.socket, seconds: int, application: str) -> None:
    """Serve until SIGTERM; then finish what is being answered, and leave everything else."""
    module, _colon, name = application.partition(":")
    app = getattr(import_module(module), name)
    gc.freeze()  # to look through all that stays halts everybody for a tenth of a second
    chosen, dispatcher = adjustments(listener, seconds), ThreadedTaskDispatcher()
    dispatcher.set_thread_count(chosen.threads)
    address = (listener.family, listener.type, listener.proto, listener.getsockname())
    connections: dict[int, object] = {}
    TimedServer(
        app, connections, True, listener, dispatcher, chosen, sockinfo=address, bind_socket=False
    )
    signal.signal(signal.SIGTERM, stop)
    try:
        wasyncore.loop(chosen.asyncore_loop_timeout, chosen.asyncore_use_poll, connections)
    except SystemExit:
        dispatcher.shutdown(timeout=LONGEST_LAST_ANSWER_SECONDS)


def stop(*_signal: object) -> None:
    """Leave the loop that takes requests, once; what then hangs is killed."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.alarm(LONGEST_STOP_SECONDS)
    raise SystemExit


def allow_connections() -> None:
    """Let the process have as many files open as its connections need."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


if __name__ == "__main__":
    allow_connections()
    # A request that waits for a thread is no news; waitress warns of each.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    serve(socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2]), sys.argv[3])
