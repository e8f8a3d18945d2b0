"""Webhooks: every event with an example, and when what did not arrive is sent again."""

import json
from datetime import timedelta
from typing import Any

from app.domain import fetching
from app.domain.webhooks import catalogue, deliveries, endpoints, health, log, pauses


def facts() -> dict[str, Any]:
    """What the page on webhooks says."""
    return {
        "webhook_events": [
            {"type": each.type, "when": each.when, "example": _example(each)}
            for each in catalogue.EVENTS.values()
        ],
        "webhook_pauses": _pauses(),
        "webhook_attempts": pauses.MOST,
        "webhook_jitter": round(pauses.JITTER * 100),
        "webhook_most": endpoints.MOST,
        "webhook_overlap_hours": endpoints.ROLL_OVERLAP // timedelta(hours=1),
        "webhook_given_up_days": health.LONGEST.days,
        "webhook_kept_days": log.KEPT.days,
        "webhook_answer_bytes": f"{deliveries.LONGEST_ANSWER:,}",
        "webhook_seconds": round(fetching.POSTED_S),
        "webhook_test": catalogue.TEST,
    }


def _example(event: catalogue.Event) -> str:
    whole = catalogue.payload(event.type, catalogue.EXAMPLE_AT, event.example)
    return json.dumps(whole, indent=2)


def _pauses() -> list[tuple[int, str, str]]:
    """Each attempt, the pause before it, and the time since the first."""
    rows, since = [(1, "at once", "0 s")], timedelta(0)
    for number, pause in enumerate(pauses.PAUSES, 2):
        since += pause
        rows.append((number, _told(pause), _told(since)))
    return rows


def _told(span: timedelta) -> str:
    hours, rest = divmod(int(span.total_seconds()), 3600)
    minutes, seconds = divmod(rest, 60)
    parts = ((hours, "h"), (minutes, "min"), (seconds, "s"))
    return " ".join(f"{amount} {unit}" for amount, unit in parts if amount)
