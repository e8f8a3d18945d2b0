"""Kills processes while others work, counted, and lets whoever was cut off ask again."""

import http.client
import os
import signal
import time
import urllib.error
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import TypeVar

from tests.served import Served

ANSWERED_WITHIN_S = 60
BROKEN = (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError)

T = TypeVar("T")


@contextmanager
def killing(
    kills: int, is_due: Callable[[int], bool], victims: Callable[[int], Sequence[int]]
) -> Iterator[None]:
    """At each turn that is due its victims are killed; what is left follows when the block ends."""
    over, killed = Event(), []

    def run() -> None:
        for number in range(kills):
            while not is_due(number) and not over.wait(0.01):
                pass
            while not (dead := [pid for pid in victims(number) if _kill(pid)]):
                over.wait(0.01)  # those that were killed before are not back yet
            killed.extend(dead)

    killer = Thread(target=run)
    killer.start()
    try:
        yield
    finally:
        over.set()
        killer.join()
    assert len(killed) >= kills


def insist(served: Served, act: Callable[[], T]) -> T:
    """Do it again until somebody answers."""
    pause, ends = Event(), time.monotonic() + ANSWERED_WITHIN_S
    while True:
        try:
            return act()
        except BROKEN:
            assert time.monotonic() < ends, served.log[-2000:]
            pause.wait(0.05)


def web_of(served: Served) -> list[int]:
    """The processes that answer, without the master that begins them anew."""
    return [pid for master in served.children("gunicorn") for pid in children_of(master)]


def children_of(parent: int) -> list[int]:
    try:
        tasks = Path(f"/proc/{parent}/task/{parent}/children").read_text()
    except FileNotFoundError:
        return []
    return [int(pid) for pid in tasks.split()]


def _kill(pid: int) -> bool:
    """Whether it was there to be killed."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False  # it died of the one before
    return True
