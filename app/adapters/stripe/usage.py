"""Overage as Stripe's meter hears of it."""

from datetime import datetime

from app.adapters.stripe import reading
from app.adapters.stripe.client import Client, Refused, once

METER_EVENT = "polis_overage_tokens"
_COUNTED_ALREADY = "duplicate_meter_event"


def report(client: Client, customer_id: str, tokens: int, entry_id: str, at: datetime) -> None:
    """Count tokens once: the identifier says what was counted, whatever was answered."""
    try:
        with client.asking() as v1:
            v1.billing.meter_events.create(
                {
                    "event_name": METER_EVENT,
                    "payload": {"stripe_customer_id": customer_id, "value": str(tokens)},
                    "identifier": entry_id,
                    "timestamp": reading.seconds(at),
                },
                once(entry_id, "usage"),
            )
    except Refused as refused:
        if refused.reason != _COUNTED_ALREADY:
            raise
