"""So many requests a second from many at once, whatever happens to whoever is asked."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread

from tests.waiting import until


@dataclass
class Load:
    """What came of it so far."""

    answered: list[object] = field(default_factory=list)
    turned_away: int = 0  # nobody listened: not a request that was begun
    failed: list[BaseException] = field(default_factory=list)

    def after(self, more: int) -> None:
        """Come back when so many more were answered."""
        wanted = len(self.answered) + more
        until(lambda: len(self.answered) >= wanted or self.failed, lambda: self)


@contextmanager
def under_load(
    act: Callable[[int], object], per_second: int = 50, at_once: int = 16
) -> Iterator[Load]:
    """One more request begins each fiftieth of a second until the block ends, and all are heard."""
    load, over = Load(), Event()

    def one(number: int) -> None:
        try:
            load.answered.append(act(number))
        except ConnectionRefusedError:
            load.turned_away += 1
        except Exception as error:  # noqa: BLE001 # whatever it is, it is what the test is about
            load.failed.append(error)

    def run() -> None:
        began, number = time.monotonic(), 0
        with ThreadPoolExecutor(at_once) as pool:
            while not over.wait(max(0.0, began + number / per_second - time.monotonic())):
                pool.submit(one, number)
                number += 1

    pacer = Thread(target=run)
    pacer.start()
    try:
        yield load
    finally:
        over.set()
        pacer.join()
