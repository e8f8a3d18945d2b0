"""What a page says where no real money is taken: one sentence a payment mode."""

from collections.abc import Mapping
from typing import Final

from app.settings import Settings

SENTENCES: Final[Mapping[str, str]] = {
    "simulated": "Payments are simulated: no card is charged and no money moves.",
    "stripe_test": (
        "Payments run in the provider\u2019s test mode: only test cards work and no money moves."
    ),
}


def said(settings: Settings) -> str:
    """What every page says; empty where money is real, nothing is sold, or a developer tests."""
    if settings.development and settings.payment_mode != "simulated":
        return ""
    return SENTENCES.get(settings.payment_mode, "")
