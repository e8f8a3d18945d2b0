"""Mistakes of ours, told to Sentry: the error's class, words and places, and our request's id.

Nothing is collected by the SDK itself: no integrations, no breadcrumbs, no traces. What is sent is
made anew of what may be sent, so that what a newer SDK adds stays here.
"""

from collections.abc import Mapping
from typing import Any

import sentry_sdk
from sentry_sdk.transport import Transport

from app.kit import logs
from app.settings import Settings

_TOLD = ("event_id", "timestamp", "level", "platform", "release", "environment", "tags")
_OF_A_FRAME = ("filename", "function", "lineno", "module", "in_app")


def reporter(
    settings: Settings, part: str, version: str, transport: Transport | None = None
) -> logs.Report:
    """What tells Sentry of an error that was logged."""
    sentry_sdk.init(
        settings.sentry_dsn,
        release=f"polis@{version}",
        environment=settings.env,
        default_integrations=False,
        auto_enabling_integrations=False,
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        server_name="",
        before_send=_told,
        transport=transport,
    )

    def report(error: BaseException, facts: Mapping[str, Any]) -> None:
        with sentry_sdk.new_scope() as scope:
            scope.set_tag("part", part)
            for name in ("request_id", "kind", "event"):
                if facts.get(name):
                    scope.set_tag(name, str(facts[name]))
            scope.capture_exception(error)

    return report


def _told(event: Any, _hint: dict[str, Any]) -> Any:
    """The event made anew of what may leave."""
    values = (event.get("exception") or {}).get("values") or []
    kept = {name: event[name] for name in _TOLD if name in event}
    return kept | {"exception": {"values": [_error(each) for each in values]}}


def _error(value: dict[str, Any]) -> dict[str, Any]:
    frames = (value.get("stacktrace") or {}).get("frames") or []
    return {
        "type": value.get("type"),
        "module": value.get("module"),
        "value": logs.cleaned(str(value.get("value") or "")),
        "stacktrace": {"frames": [_frame(each) for each in frames]},
    }


def _frame(frame: dict[str, Any]) -> dict[str, Any]:
    return {name: frame[name] for name in _OF_A_FRAME if name in frame}
