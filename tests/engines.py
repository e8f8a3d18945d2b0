"""Engines that fail, or tell what they were asked."""

from collections.abc import Callable, Sequence
from typing import Any

from app.domain.panel.shapes import Answer, Json, PanelRequest, Reaction, Synthesis
from tests.fakes import PlainEngine


class Hooked(PlainEngine):
    """A plain engine that does something of the test's before each step."""

    def __init__(self, **before: Callable[..., None]) -> None:
        self._before = before

    def react(self, plan: PanelRequest, seats: Sequence[int]) -> list[Reaction]:
        self._call("react", plan, seats)
        return super().react(plan, seats)

    def synthesise(self, plan: PanelRequest, reactions: Sequence[Reaction]) -> Synthesis:
        self._call("synthesise", plan, reactions)
        return super().synthesise(plan, reactions)

    def ask(
        self,
        plan: PanelRequest,
        reactions: Sequence[Reaction],
        question: str,
        history: Sequence[str],
    ) -> list[Answer]:
        self._call("ask", reactions, question, history)
        return super().ask(plan, reactions, question, history)

    def compare(self, plans: Sequence[Any], panels: Sequence[Sequence[Reaction]]) -> Json:
        self._call("compare", panels)
        return super().compare(plans, panels)

    def _call(self, step: str, *facts: object) -> None:
        if step in self._before:
            self._before[step](*facts)


class Outage(RuntimeError):
    """What an engine dies of."""


def fail(*_: object) -> None:
    """Fail at this step, always."""
    raise Outage


def fail_from(seat: int) -> Callable[..., None]:
    """Fail at every batch with this seat or a later one."""

    def react(_plan: PanelRequest, seats: Sequence[int]) -> None:
        if seats[-1] >= seat:
            raise Outage

    return react


def fail_first(times: int) -> Callable[..., None]:
    """Fail so many times, then let everything pass."""
    left = iter(range(times))

    def step(*_: object) -> None:
        if next(left, None) is not None:
            raise Outage

    return step
