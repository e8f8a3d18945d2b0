"""How long what a page promises lasts, and what may be chosen, as the code keeps it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from app.domain import deletion, key_use, keyset, leaks, mailed_links, provisioning, retention
from app.domain.billing import alerts, standing
from app.domain.clients import assertions
from app.domain.factors import recovery
from app.domain.own_keys import expiring, making, shown, terms

_HOUR = timedelta(hours=1)


def facts() -> dict[str, Any]:
    """Spans and choices, each under a name that says of what."""
    return {
        "spans": {
            "renewing_days": standing.RENEWING.days,
            "grace_days": standing.GRACE.days,
            "last_hours": standing.LAST_HOURS // _HOUR,
            "cap_mails": told(alerts.THRESHOLDS, "and"),
            "undo_days": deletion.UNDO.days,
            "address_undo_days": mailed_links.UNDO_LIFE.days,
            "claim_days": mailed_links.CLAIM_LIFE.days,
            "unclaimed_days": provisioning.LIFE.days,
            "calls_kept": key_use.CALLS_KEPT,
            "kept_days": told([days for days in retention.CHOICES if days], "or"),
            "leak_days": leaks.LOOKED_BACK.days,
            "recovery_codes": recovery.MOST,
            "key_ends": told(map(int, terms.PRESETS), "or"),
            "key_mails": told(sorted(expiring.DAYS, reverse=True), "and"),
            "key_idle_days": shown.IDLE.days,
            "key_overlaps": _overlaps(making.OVERLAPS.values()),
            "sealed_days": (keyset.SIGNS + keyset.AHEAD).days,
            "assertion_minutes": assertions.LIFE_S // 60,
            "assertion_seconds": assertions.SKEW_S,
        }
    }


def told(figures: Iterable[int], last: str) -> str:
    """Figures as a sentence lists them: `30, 90 or 365`."""
    *first, final = map(str, figures)
    return f"{', '.join(first)} {last} {final}" if first else final


def _overlaps(spans: Iterable[timedelta]) -> str:
    """How long an old secret may work on, the shortest first, none at all last."""
    some = [_span(each) for each in sorted(spans) if each]
    return ", ".join(some) + " or not at all"


def _span(span: timedelta) -> str:
    days, hours = span.days, span // _HOUR
    amount, unit = (days, "day") if days > 1 else (hours, "hour")
    return f"{amount} {unit}{'s' if amount > 1 else ''}"
