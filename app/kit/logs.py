"""Structured logs: one JSON line an event, secrets taken out, the request's id on each."""

import logging
import re
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any, TextIO, cast

import structlog
from structlog.typing import EventDict

SECRETS_BEGIN = r"sk_(?:live|test)_|polis_[a-z]{2,3}_|eyJ"

_SERIOUS = {"error", "critical"}
_SECRET = re.compile(
    rf"({SECRETS_BEGIN}|whsec_|Bearer\s+|password[\"'=:\s]+)[^\s\"',;&]{{6,}}",
    re.IGNORECASE,
)
Report = Callable[[BaseException, Mapping[str, Any]], None]
_facts: ContextVar[Mapping[str, object]] = ContextVar("facts", default=MappingProxyType({}))


class _Told:
    report: Report | None = None


def configure(level: int = logging.INFO) -> None:
    """Send our own and the libraries' events to standard error as JSON lines."""
    structlog.configure(
        processors=_PROCESSORS,
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=cast("TextIO", _StandardError())),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(handlers=[_Bridge()], level=logging.WARNING, force=True)


def say(line: str) -> None:
    """Write to standard error; what it does not take is lost, and stops nobody.

    It often ends in a file, on the disk that is full: then the event would be about just that.
    """
    with suppress(OSError):
        sys.stderr.write(line)


def logger(name: str) -> Any:
    """A logger whose events carry the name of the part that speaks."""
    return structlog.get_logger(source=name)


def bind(**facts: object) -> None:
    """Start the facts every event of this request or job carries."""
    _facts.set(facts)


def report_to(report: Report | None) -> None:
    """Tell also somebody else of every error that is logged with what was raised."""
    _Told.report = report


def bound(name: str) -> str | None:
    """A fact of this request or job; None where it is not known."""
    found = _facts.get().get(name)
    return None if found is None else str(found)


def _with_facts(_logger: Any, _method: str, event: EventDict) -> EventDict:
    return {**_facts.get(), **event}


def redact(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Take what looks like a secret out of every string of an event."""
    return {key: _clean(value) for key, value in event.items()}


def cleaned(text: str) -> str:
    """A text without what looks like a secret."""
    return _SECRET.sub(r"\1[redacted]", text)


def _clean(value: object) -> object:
    return cleaned(value) if isinstance(value, str) else value


def _exception_without_locals(_logger: Any, _method: str, event: EventDict) -> EventDict:
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        if _Told.report is not None and event.get("level") in _SERIOUS:
            _Told.report(error, event)
        event["error"] = f"{type(error).__name__}: {error}"
        event["where"] = _frames(error)
    return event


def _frames(error: BaseException) -> list[str]:
    """File, line and function of each frame: never a local variable, never a source line."""
    frames, step = [], error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        frames.append(f"{code.co_filename}:{step.tb_lineno} {code.co_name}")
        step = step.tb_next
    return frames[-12:]


class _StandardError:
    """Standard error as structlog writes to it."""

    write = staticmethod(say)

    @staticmethod
    def flush() -> None:
        with suppress(OSError):
            sys.stderr.flush()


class _Bridge(logging.Handler):
    """Carries what libraries log through the same processors."""

    def emit(self, record: logging.LogRecord) -> None:
        """One library record as one event of ours."""
        error = record.exc_info[1] if record.exc_info else None
        log = structlog.get_logger(source=record.name)
        log.log(record.levelno, record.getMessage(), **({"exc_info": error} if error else {}))


# One list, however often this is configured: loggers keep the one they met first.
_PROCESSORS: list[Any] = [
    _with_facts,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _exception_without_locals,
    redact,
    structlog.processors.JSONRenderer(ensure_ascii=True),
]
