"""Waiting, bounded: few places per credential, organization and process."""

import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from app.bootstrap import Services
from app.domain import waiting
from app.domain.callers import Caller
from app.kit import clock
from app.tools.base import Output, Tool
from app.web.desk.desk import Desk

FIRST_LOOK_S = 0.05
LONGEST_LOOK_S = 0.4
_SLOWER = 1.3

Watched = Generator[tuple[int, int, str], None, Output]
"""How far the call is, each time somebody looked; at last the answer as it then was."""


class Waits:
    """Hands out this process's places to wait; the tables hold everybody else's."""

    def __init__(self, services: Services) -> None:
        self._services = services
        # Of fewer than four threads none may wait: such calls are answered at once, and polled.
        self._places = threading.BoundedSemaphore(services.settings.web_threads // 4)
        self._bell = threading.Event()  # never rung: waiting on it is how a thread rests

    @contextmanager
    def place(self, caller: Caller, seconds: float) -> Iterator[bool]:
        """Whether this call may wait so long; its place is free again afterwards."""
        if not self._places.acquire(blocking=False):
            yield False
            return
        try:
            with self._kept_place(caller, seconds) as granted:
                yield granted
        finally:
            self._places.release()

    def watch(
        self,
        desk: Desk,
        tool: Tool[Any, Any],
        given: Any,
        first: Output,
        closed: Callable[[], bool],
    ) -> Watched:
        """Look again until something has changed, in reads of their own; a lost client ends it."""
        waiting, latest = tool.waiting, first
        assert waiting is not None  # who calls this asked how long
        seconds = waiting.seconds(given, first)
        with self.place(desk.caller, seconds) as granted:
            for _ in self.looks(seconds if granted else 0):
                if closed():
                    break
                yield waiting.progress(latest)
                latest = desk.within(lambda call: waiting.again(call, given, first))
                if waiting.settled(first, latest):
                    yield waiting.progress(latest)
                    break
        return latest

    def looks(self, seconds: float) -> Iterator[None]:
        """Come back again and again until the time is up, soon at first and then less often."""
        deadline, pause = time.monotonic() + seconds, FIRST_LOOK_S
        while (left := deadline - time.monotonic()) > 0:
            self._bell.wait(min(pause, left))
            yield
            pause = min(LONGEST_LOOK_S, pause * _SLOWER)

    @contextmanager
    def _kept_place(self, caller: Caller, seconds: float) -> Iterator[bool]:
        with self._services.database.transaction() as session:
            place = waiting.take(session, caller, clock.now(), timedelta(seconds=seconds))
        try:
            yield place is not None
        finally:
            if place is not None:
                with self._services.database.transaction() as session:
                    waiting.give_back(session, place)
