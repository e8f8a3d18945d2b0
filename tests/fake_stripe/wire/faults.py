"""Trouble on the wire, as a test orders it: for the next calls that match, before or after their effect."""

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from threading import Event, Lock
from typing import Any


@dataclass
class Fault:
    """One order: which calls, what trouble, how many times."""

    kind: str  # a status such as "429" or "500", "timeout", "reset", "hold"
    method: str = "*"
    path: str = "*"
    when: str = "before"  # or "after"
    times: int = 1
    go: Event = field(default_factory=Event)
    arrived: Event = field(default_factory=Event)

    def matches(self, method: str, path: str) -> bool:
        """Whether a call is one of those ordered."""
        return self.times > 0 and fnmatchcase(method, self.method) and fnmatchcase(path, self.path)


@dataclass
class Faults:
    """The orders that stand, oldest first."""

    orders: list[Fault] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def order(self, **facts: Any) -> Fault:
        """Let trouble happen."""
        fault = Fault(**facts)
        with self.lock:
            self.orders.append(fault)
        return fault

    def take(self, method: str, path: str) -> Fault | None:
        """The first order that a call meets; it has one time fewer left."""
        with self.lock:
            for fault in self.orders:
                if fault.matches(method, path):
                    fault.times -= 1
                    return fault
        return None

    def clear(self) -> None:
        """Forget all orders; whoever is held goes on."""
        with self.lock:
            for fault in self.orders:
                fault.times = 0
                fault.go.set()
            self.orders = []
