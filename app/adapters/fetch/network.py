"""Connections to checked addresses: a name is resolved once, and what was checked is dialled.

The name itself goes on into Host and SNI, so that certificates are checked against it.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self

import httpcore2

from app.adapters.around import Around
from app.adapters.fetch.networks import Networks
from app.domain.fetching import NotFetched

Resolve = Callable[[str, int], Sequence[str]]
Dial = Callable[[str, int, float], httpcore2.NetworkStream]

CONNECT_S = 5.0


class Deadline:
    """The moment everything of one fetch must be over."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    def left(self, most: float | None = None) -> float:
        """What is left of the time, at most so much of it; NotFetched where there is none."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise NotFetched("timeout", "The answer took too long.")
        return left if most is None else min(left, most)


class Network(httpcore2.NetworkBackend):
    """Opens connections for one fetch."""

    def __init__(
        self, networks: Networks, resolve: Resolve, dial: Dial, deadline: Deadline
    ) -> None:
        self._networks = networks
        self._resolve = resolve
        self._dial = dial
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 # the deadline says how long
        local_address: str | None = None,  # noqa: ARG002 # the pool never sets one
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 # nor these
    ) -> httpcore2.NetworkStream:
        """Connect to the first answer that can be reached, once all of them are allowed."""
        answers = self.answers(host, port)
        ends = Deadline(self._deadline.left(CONNECT_S))
        for answer in answers[:-1]:
            try:
                return Stream(self._dial(answer, port, ends.left()), self._deadline)
            except httpcore2.ConnectError:  # the next one may be up
                continue
        return Stream(self._dial(answers[-1], port, ends.left()), self._deadline)

    def answers(self, host: str, port: int) -> Sequence[str]:
        """Every address of a name, all of them allowed, or NotFetched."""
        answers = within(self._deadline.left(CONNECT_S), lambda: self._resolve(host, port))
        if not answers:
            raise NotFetched("unreachable", "This name is not known.")
        if not all(map(self._networks.allow, answers)):
            raise NotFetched("refused_address", "This address is not public.")
        return answers


class Stream(Around):
    """A connection whose every read and write ends with the fetch's deadline."""

    def __init__(self, inner: httpcore2.NetworkStream, deadline: Deadline) -> None:
        super().__init__(inner)
        self._deadline = deadline

    def around(self, inner: httpcore2.NetworkStream) -> Self:
        """The same deadline around another connection."""
        return type(self)(inner, self._deadline)

    def patience(self, timeout: float | None) -> float:
        """What is left of it; NotFetched where there is none."""
        return self._deadline.left(timeout)


def resolve(host: str, port: int) -> Sequence[str]:
    """Every address the system's resolver gives for a name."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ()
    return [str(each[4][0]) for each in found]


def dial(address: str, port: int, seconds: float) -> httpcore2.NetworkStream:
    """A connection to an address, never to a name."""
    return httpcore2.SyncBackend().connect_tcp(address, port, seconds)


def within(seconds: float, ask: Callable[[], Sequence[str]]) -> Sequence[str]:
    """What a call gives in so much time: the system's resolver knows no limit of its own."""
    answers: list[Sequence[str]] = []
    thread = threading.Thread(target=lambda: answers.append(ask()), daemon=True)
    thread.start()
    thread.join(seconds)
    if not answers:
        raise NotFetched("timeout", "The name could not be looked up in time.")
    return answers[0]
