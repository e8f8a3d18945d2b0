"""Spans of requests, tools and work; OpenTelemetry is imported only where it is wanted."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any, Protocol

_NOTHING = nullcontext()


class Spans(Protocol):
    """Makes spans, as `spans.py` does."""

    def request(self, request_id: str) -> AbstractContextManager[Any]:
        """A request, at the root of a trace of its own."""

    def job(self, kind: str, request_id: str | None) -> AbstractContextManager[Any]:
        """A piece of work, beneath the request that caused it."""

    def part(self, name: str) -> AbstractContextManager[Any]:
        """A part of what is being done here."""


class _Begun:
    spans: Spans | None = None


def begin(spans: Spans | None) -> None:
    """Make spans from now on; None: no more of them."""
    _Begun.spans = spans


def begun() -> Spans | None:
    """What makes spans, where they are wanted."""
    return _Begun.spans


def span(name: str) -> AbstractContextManager[Any]:
    """A part of what is being done, named by what we call it and never by what it is about."""
    return _NOTHING if _Begun.spans is None else _Begun.spans.part(name)


def job(kind: str, request_id: str | None) -> AbstractContextManager[Any]:
    """A piece of work, in the trace of the request that caused it."""
    return _NOTHING if _Begun.spans is None else _Begun.spans.job(kind, request_id)
