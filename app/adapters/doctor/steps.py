"""What is told of each step: what was sent, what came, and what a client would make of it."""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal, NamedTuple

Verdict = Literal["ok", "warning", "failed", "skipped"]
Through = Literal["metadata", "registration", "token", "all"]
STAGES: tuple[Through, ...] = ("metadata", "registration", "token", "all")


class Stopped(Exception):
    """Nothing further can be tried."""


class Fault(NamedTuple):
    """Something a client trips over."""

    name: str
    fatal: bool
    would: str


@dataclass
class Step:
    """One step of the handshake."""

    name: str
    insists: frozenset[str]
    sent: list[str] = field(default_factory=list)
    came: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    skipped: str = ""
    ended: bool = False  # nothing after it could be tried

    def expect(self, name: str, holds: object, would: str) -> None:
        """Note what the client would do where something it expects does not hold."""
        if not holds:
            self.faults.append(Fault(name, name in self.insists, would))

    def need(self, name: str, holds: object, would: str) -> None:
        """The same, where nothing further can be tried without it."""
        self.expect(name, holds, would)
        if not holds:
            raise Stopped

    @property
    def verdict(self) -> Verdict:
        if self.skipped:
            return "skipped"
        if any(fault.fatal for fault in self.faults):
            return "failed"
        return "warning" if self.faults else "ok"

    def facts(self) -> dict[str, Any]:
        """The step for a program to read."""
        told = asdict(self) | {"verdict": self.verdict}
        told["faults"] = [fault._asdict() for fault in self.faults]
        return {name: value for name, value in told.items() if name not in {"insists", "ended"}}


@dataclass(frozen=True)
class Report:
    """The handshake as one client."""

    url: str
    profile: str
    steps: list[Step]

    @property
    def sound(self) -> bool:
        """Whether the client would get through."""
        return all(step.verdict != "failed" for step in self.steps)

    @property
    def whole(self) -> bool:
        """Whether every step was tried that was asked for."""
        return not any(step.skipped for step in self.steps)

    def facts(self) -> dict[str, Any]:
        """The report for a program to read."""
        steps = [step.facts() for step in self.steps]
        verdicts = {"sound": self.sound, "whole": self.whole}
        return {"url": self.url, "as": self.profile, **verdicts, "steps": steps}
