"""Tells others how Polis is doing, where an operator wants it: OpenTelemetry and Sentry."""

from importlib import import_module
from typing import Any

from app import __version__
from app.kit import logs, tracing
from app.settings import BadSettings, Settings

_MISSING = (
    "{setting} needs a library that is not installed. Install it: "
    "pip install --no-deps --require-hashes -r requirements/{lock}.txt"
)


def begin(settings: Settings, part: str) -> None:
    """Begin what is set; a library that is missing stops the start."""
    if settings.otel:
        spans = _library("spans", "POLIS_OTEL=on", "otel")
        tracing.begin(spans.exported(part, __version__))
    if settings.sentry_dsn:
        sentry = _library("sentry", "POLIS_SENTRY_DSN", "sentry")
        logs.report_to(sentry.reporter(settings, part, __version__))


def check(settings: Settings) -> None:
    """Refuse what is set and not installed, before any process is started."""
    if settings.otel:
        _library("spans", "POLIS_OTEL=on", "otel")
    if settings.sentry_dsn:
        _library("sentry", "POLIS_SENTRY_DSN", "sentry")


def _library(name: str, setting: str, lock: str) -> Any:
    try:
        return import_module(f"app.adapters.telling.{name}")
    except ImportError:
        raise BadSettings(_MISSING.format(setting=setting, lock=lock)) from None
