"""The calls of one piece of work that are under way, so that they can be let go all at once.

A read that waits for a model is only ended by its socket: closing a client leaves it waiting.
"""

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any

import httpcore2
from sqlalchemy.exc import SQLAlchemyError

from app.adapters.around import Around
from app.kit import logs

_EVERY_S = 1.0  # how soon work that nobody wants any more is noticed
_log = logs.logger("model")
_current: ContextVar["Held | None"] = ContextVar("held", default=None)


class Held:
    """Whether its answers are still wanted, and the connections they are waited for on."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self._streams: dict[int, httpcore2.NetworkStream] = {}  # by thread
        self._lock = threading.Lock()

    @property
    def over(self) -> bool:
        """Whether nobody wants the answers any more."""
        return self._over.is_set()

    def wait(self, seconds: float) -> None:
        """A pause between two tries, which ends with the work."""
        self._over.wait(seconds)

    def let_go(self) -> None:
        """No more calls, and those under way end at once."""
        self._over.set()
        with self._lock:
            for stream in self._streams.values():
                _shut(stream)

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """What this thread sends meanwhile belongs to this work."""
        token = _current.set(self)
        try:
            yield
        finally:
            _current.reset(token)
            with self._lock:
                self._streams.pop(threading.get_ident(), None)

    def on(self, stream: httpcore2.NetworkStream) -> None:
        """This thread's call goes over this connection."""
        with self._lock:
            self._streams[threading.get_ident()] = stream
            if self.over:
                _shut(stream)


@contextmanager
def watched(held: Held, wanted: Callable[[], bool]) -> Iterator[None]:
    """Let the work go as soon as it is wanted no more."""
    done = threading.Event()
    watch = threading.Thread(target=_watch, args=(held, wanted, done), daemon=True)
    watch.start()
    try:
        yield
    finally:
        done.set()
        watch.join()


def _watch(held: Held, wanted: Callable[[], bool], done: threading.Event) -> None:
    while not done.wait(_EVERY_S):
        try:
            if not wanted():
                held.let_go()
                return
        except SQLAlchemyError as error:  # looked at again in a second; the work goes on
            _log.warning("model.watch_failed", error=type(error).__name__)


def _shut(stream: httpcore2.NetworkStream) -> None:
    line = stream.get_extra_info("socket")
    with suppress(OSError):  # the other end was quicker
        socket.socket.shutdown(line, socket.SHUT_RDWR)  # of the wire below TLS, for its reader


class Network(httpcore2.SyncBackend):
    """Opens connections that know whose call they carry."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        return _Stream(super().connect_tcp(host, port, timeout, local_address, socket_options))


class _Stream(Around):
    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        held = _current.get()
        if held is not None:
            held.on(self)
        super().write(buffer, timeout)
