"""What the embedded engine takes for granted before any word is read."""

from typing import Any

from app.adapters.engines.embedded import decide, exposure
from app.adapters.engines.embedded.disposition import DECISIONS
from app.domain.panel import preference
from app.domain.panel.audience import MIX


def facts() -> dict[str, Any]:
    """Its base rates, the mix of an audience, and when two drafts are too close to call."""
    return {
        "acts": DECISIONS,
        "base_rates": [
            (kind, f"{exposure.BUDGET[kind]:.0f}", [_percent(rate) for rate in rates])
            for kind, rates in decide.BASE_RATES.items()
        ],
        "audience_mix": [(circle, _percent(share)) for circle, share in MIX],
        "too_close": _percent(preference.TOO_CLOSE),
        "surest": _percent(preference.MOST_SURE),
    }


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"
