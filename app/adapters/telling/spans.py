"""Spans for OpenTelemetry, sent where the standard `OTEL_…` variables say.

A trace has its id from the request's own: what a worker does for a request is found beside it,
though nothing but the request's id went with the work.
"""

from contextlib import AbstractContextManager
from contextvars import ContextVar
from hashlib import sha256
from types import TracebackType
from typing import Any

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.trace import (
    NonRecordingSpan,
    Span,
    SpanContext,
    Status,
    StatusCode,
    TraceFlags,
    set_span_in_context,
)

_next: ContextVar[tuple[int, int] | None] = ContextVar("ids of the next root", default=None)


def exported(part: str, version: str) -> "Spans":
    """Spans that leave this process in batches."""
    return Spans(BatchSpanProcessor(OTLPSpanExporter()), part, version)


class Spans:
    """Makes spans and hands them to a processor of the SDK."""

    def __init__(self, processor: SpanProcessor, part: str, version: str) -> None:
        named = {"service.name": f"polis-{part}", "service.version": version}
        provider = TracerProvider(resource=Resource.create(named), id_generator=_Ids())
        provider.add_span_processor(processor)
        self._tracer = provider.get_tracer("polis")

    def request(self, request_id: str) -> AbstractContextManager[Span]:
        """A request, at the root of a trace of its own."""
        _next.set(_ids(request_id))
        return self._opened("request", Context(), request_id)

    def job(self, kind: str, request_id: str | None) -> AbstractContextManager[Span]:
        """A piece of work, beneath the request that caused it."""
        if request_id is None:
            return self._opened(f"work {kind}", Context())
        flags = TraceFlags(TraceFlags.SAMPLED)
        cause = SpanContext(*_ids(request_id), is_remote=True, trace_flags=flags)
        beneath = set_span_in_context(NonRecordingSpan(cause), Context())
        return self._opened(f"work {kind}", beneath, request_id)

    def part(self, name: str) -> AbstractContextManager[Span]:
        """A part of what is being done here."""
        return self._opened(name)

    def _opened(
        self, name: str, beneath: Context | None = None, request_id: str = ""
    ) -> AbstractContextManager[Span]:
        facts = {"polis.request_id": request_id} if request_id else {}
        opened = self._tracer.start_as_current_span(
            name, beneath, attributes=facts, record_exception=False, set_status_on_exception=False
        )
        return _Quiet(opened)


class _Quiet(AbstractContextManager[Span]):
    """A span that tells of a failure by its class: its words may hold what somebody sent."""

    def __init__(self, opened: Any) -> None:
        self._opened = opened

    def __enter__(self) -> Span:
        span: Span = self._opened.__enter__()
        self._span = span
        return span

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            self._span.set_status(Status(StatusCode.ERROR, kind.__name__))
        self._opened.__exit__(None, None, None)


class _Ids(RandomIdGenerator):
    """The ids of a request's trace and root are its own, all others random."""

    def generate_trace_id(self) -> int:
        chosen = _next.get()
        return chosen[0] if chosen else super().generate_trace_id()

    def generate_span_id(self) -> int:
        chosen = _next.get()
        _next.set(None)
        return chosen[1] if chosen else super().generate_span_id()


def _ids(request_id: str) -> tuple[int, int]:
    digest = sha256(request_id.encode()).digest()
    return int.from_bytes(digest[:16]), int.from_bytes(digest[16:24])
