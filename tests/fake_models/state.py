"""What the provider remembers: its manners, what will go wrong, who called with what."""

import threading
from dataclasses import asdict, dataclass, field
from typing import Any

CHANCES = {"scroll": 50, "stay": 30, "click": 15, "save": 5}


@dataclass
class Manners:
    """How it answers while nothing is wrong."""

    key: str = "sk-fake-1234567890abcdef"  # "": any
    chances: dict[str, int] = field(default_factory=lambda: dict(CHANCES))
    refuses: tuple[str, ...] = ()  # formats, or "picture", that it answers with 400
    usage: Any = None  # instead of what was counted
    intent: int = 4


@dataclass
class Fault:
    """Something that goes wrong for the next calls, or for those about one person."""

    kind: str
    times: int = 1  # -1: for ever
    person: str = ""
    retry_after: str = ""


@dataclass
class Call:
    """One call as it came in, in one form for both APIs."""

    api: str  # openai | anthropic
    model: str
    system: str
    shared: str  # the user's first part, where there are two
    asked: str  # all of the user's first message
    turns: list[tuple[str, str]]  # what follows it
    format: str
    schema: dict[str, Any] | None
    limit: int
    body: dict[str, Any]
    picture: str = ""  # base64


class State:
    """One provider, many callers at once."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.reset()

    def reset(self) -> None:
        """As at the beginning."""
        with self.changed:
            self.manners = Manners()
            self.faults: list[Fault] = []
            self.calls: list[Call] = []
            self.holding = False
            self.waiting = 0
            self.most_at_once = 0
            self.at_once = 0
            self.changed.notify_all()

    def fault(self, text: str) -> Fault | None:
        """The next fault that this call meets."""
        with self.changed:
            for fault in self.faults:
                if fault.times and (not fault.person or f"id: {fault.person}\n" in text):
                    fault.times -= 1
                    return fault
        return None

    def enter(self, call: Call) -> None:
        """Note a call; while calls are held it waits here."""
        with self.changed:
            self.calls.append(call)
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            self.waiting += 1
            self.changed.notify_all()
            self.changed.wait_for(lambda: not self.holding, 30)
            self.waiting -= 1

    def leave(self) -> None:
        """The call is answered."""
        with self.changed:
            self.at_once -= 1

    def order(self, name: str, sent: dict[str, Any]) -> dict[str, Any]:
        """One order of the control plane."""
        if name == "reset":
            self.reset()
        elif name == "manners":
            for key, value in sent.items():
                setattr(self.manners, key, value)
        elif name == "fault":
            self.faults.append(Fault(**sent))
        elif name == "mend":
            self.faults.clear()
        elif name == "hold":
            self.holding = True
        elif name == "let_go":
            with self.changed:
                self.holding = False
                self.changed.notify_all()
        elif name == "arrived":
            with self.changed:
                self.changed.wait_for(lambda: self.waiting >= sent["calls"], 10)
                return {"waiting": self.waiting}
        elif name == "calls":
            return {"calls": [asdict(call) for call in self.calls], "at_once": self.most_at_once}
        else:
            raise KeyError(name)
        return {}
