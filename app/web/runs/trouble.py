"""Why a form of a run's page was refused, and what was typed into it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from app.errors import Kind, PolisError
from app.web import formats

_FIELDS = {"question", "content", "label", "days"}


class Trouble(NamedTuple):
    """Why a form was refused, and what was typed into it."""

    error: PolisError | None = None
    typed: Mapping[str, str] = MappingProxyType({})

    @property
    def problems(self) -> dict[str, str]:
        """What is wrong with each field."""
        if self.error is None or self.error.kind is not Kind.INVALID:
            return {}
        fields: Any = self.error.details.get("fields") or [
            {"field": self.error.details.get("field", ""), "problem": self.error.message}
        ]
        return {one["field"]: _sentence(one["field"], one["problem"]) for one in fields}

    @property
    def elsewhere(self) -> bool:
        """Whether there is no field beside which it could be said."""
        return self.error is not None and _FIELDS.isdisjoint(self.problems)

    @property
    def unpaid(self) -> bool:
        """Whether tokens mend it."""
        return self.error is not None and self.error.kind is Kind.UNPAID


NONE = Trouble()


def _sentence(field: str, problem: str) -> str:
    """Tools say what is wrong with a named field; a form stands beside it."""
    if field == "question" and "is required" in problem:
        return "Write a question."
    if field == "content" and "is required" in problem:
        return "Write the text to test."
    if problem[:1].isupper():
        return problem
    return f"It {formats.numbers(problem)}."
