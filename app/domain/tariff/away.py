"""Refusals of the model: it cannot be reached, costs too much, or has spent its day's money."""

from typing import ClassVar

from app.errors import Kind, PolisError


class ModelAway(PolisError):
    """The model did not answer, or is not asked; nothing was charged, and it may be repeated."""

    kind: ClassVar[Kind] = Kind.UNAVAILABLE
    code: ClassVar[str] = "engine_unavailable"


class TooDear(ModelAway):
    """What it would cost is more than what is asked for earns."""


class BudgetSpent(ModelAway):
    """What may be spent on the model in a day is spent, or does not cover this."""
