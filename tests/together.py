"""Does one thing many times at the same instant, each in a thread of its own."""

from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from app.errors import PolisError

T = TypeVar("T")


def together(count: int, act: Callable[[int], T]) -> list[T | PolisError]:
    """What each of `count` callers got: an answer or a refusal; anything else is a failure."""
    gate = Barrier(count)

    def one(number: int) -> T | PolisError:
        gate.wait(60)
        try:
            return act(number)
        except PolisError as refusal:
            return refusal

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def codes(outcomes: Iterable[object]) -> Counter[str]:
    """How many answers there were under `ok`, and how many refusals of each code."""
    return Counter(each.code if isinstance(each, PolisError) else "ok" for each in outcomes)
