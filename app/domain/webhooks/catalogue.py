"""What an endpoint can be told of: each event, when it happens, and what stands in it."""

from typing import Any, NamedTuple

from app.domain.panel.shapes import Json

COMPLETED, FAILED, CAP, REVOKED = "run.completed", "run.failed", "cap.reached", "key.revoked"
TEST = "webhook.test"  # sent by a button, chosen by nobody


class Event(NamedTuple):
    """One kind of event; its example has every field a real one has."""

    type: str
    when: str
    example: Json


_RUN: dict[str, Any] = {
    "run_id": "run_01jd8z3v9k2m4n6p8q0r2s4t6v",
    "compare_id": None,
    "book": "live",
    "status": "complete",
    "content_type": "text",
    "detail": "standard",
    "persona_count": 100,
    "personas_done": 100,
    "tokens": 150,
    "tokens_charged": 150,
    "refunded_tokens": 0,
    "failure_code": None,
    "credential_id": "key_01jd8x0a1b2c3d4e5f6g7h8j9k",
    "created_at": "2026-11-20T09:40:00.000Z",
    "completed_at": "2026-11-20T09:41:12.000Z",
}
EVENTS = {
    each.type: each
    for each in (
        Event(COMPLETED, "A run has its report; a variant, once its comparison has ended.", _RUN),
        Event(
            FAILED,
            "A run ended without a report; every token came back.",
            _RUN
            | {
                "status": "failed",
                "personas_done": 40,
                "tokens_charged": 0,
                "refunded_tokens": 150,
                "failure_code": "engine_unavailable",
            },
        ),
        Event(
            CAP,
            "A limit refused a start: once a period, and again after it was raised.",
            {
                "limit": "key",
                "book": "live",
                "credential_id": "key_01jd8x0a1b2c3d4e5f6g7h8j9k",
                "limit_tokens": 500,
                "limit_usd": None,
                "period_start": "2026-11-01T00:00:00.000Z",
            },
        ),
        Event(
            REVOKED,
            "A key was revoked, by a person or because it leaked.",
            {
                "key_id": "key_01jd8x0a1b2c3d4e5f6g7h8j9k",
                "prefix": "sk_live_4tN8",
                "last_four": "7Qm2",
                "book": "live",
                "leaked": False,
            },
        ),
    )
}
EXAMPLE_AT = "2026-11-20T09:41:12.000Z"


def payload(type_: str, at: str, data: Json) -> Json:
    """What is sent: the same three members for every event."""
    return {"type": type_, "timestamp": at, "data": data}
