"""What the embedded engine takes for granted, and what a model may lose and cost."""

from typing import Any

from app.adapters.engines.embedded import decide, exposure
from app.adapters.engines.embedded.disposition import DECISIONS
from app.adapters.engines.embedded.heads import wording
from app.domain import plans
from app.domain.panel import preference, segments
from app.domain.panel.audience import MIX
from app.domain.panel.losses import LOST_OF
from app.domain.runs.order import BATCH_SEATS
from app.domain.tariff import sizes
from app.domain.tariff.rate import EARNED
from app.settings import Settings


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
        "least_segment": _percent(segments.LEAST_SHARE),
        "headline_words": _from_to(wording.HEADLINE),
        "argument_words": _from_to(wording.ARGUMENT),
        "titled": _percent(wording.TITLED),
        "surest": _percent(preference.MOST_SURE),
        "model_engine": _of_models(),
    }


def _of_models() -> dict[str, Any]:
    """What panels that a model plays may lose, remember and cost."""
    fields = Settings.model_fields
    return {
        "batch": BATCH_SEATS,
        "of_the_model": _percent(preference.OF_THE_MODEL),
        "lost": 100 // LOST_OF,
        "history": f"{sizes.HISTORY:,}",
        "daily": fields["engine_daily_usd"].default,
        "org_daily": fields["engine_org_daily_usd"].default,
        "earned": _usd(EARNED),
        "earned_standard": _usd(plans.tokens_for(10, "standard") * EARNED // 10),
    }


def _from_to(words: range) -> str:
    return f"{words.start} to {words.stop - 1}"


def _usd(micros: int) -> str:
    """An amount under a dollar, without zeros at its end."""
    return f"0.{micros:06}".rstrip("0")


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"
