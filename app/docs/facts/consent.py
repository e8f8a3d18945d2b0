"""How somebody is asked to pay by their own client, as the code does it."""

from datetime import timedelta
from typing import Any

from app.domain.billing import consent
from app.tools import consent_to_pay


def facts() -> dict[str, Any]:
    """Where the page is, and how long a call goes on being the same call."""
    return {
        "consent": {
            "page": consent_to_pay.PAGE,
            "wait_s": round(consent_to_pay.LONGEST_WAIT_S),
            "state_minutes": consent_to_pay.GOES_ON_FOR // timedelta(minutes=1),
            "repeat_minutes": consent.REPEATED_FOR // timedelta(minutes=1),
        }
    }
