"""The price list as the pages print it."""

from datetime import timedelta
from typing import Any

from app.domain import plans
from app.domain.billing import purchases
from app.domain.panel.intervals import wilson
from app.tools.numbers import dollars

_SIZES = {
    30: "smoke-test a draft",
    100: "find the frictions",
    400: "compare two versions",
    1000: "compare segments",
}
_PRICED = (plans.MIN_PERSONAS, *_SIZES)
_DONE = 37  # of a hundred, when somebody cancels


def prices() -> dict[str, Any]:
    """Plans, packs, what people cost, and worked sums."""
    hundred = plans.tokens_for(100, "standard")
    kept = plans.tokens_for(_DONE, "standard")
    return {
        "plans": [_plan(plan, hundred) for plan in plans.PLANS.values() if plan.usd_micros],
        "packs": [_pack(pack, hundred) for pack in plans.PACKS.values()],
        "default_personas": plans.DEFAULT_PERSONAS,
        "trial_tokens": plans.TRIAL_TOKENS,
        "provisioned_tokens": plans.TRIAL_TOKENS_AT_PROVISIONING,
        "test_tokens": f"{plans.TEST_TOKENS_PER_DAY:,}",
        "purchase_hours": purchases.OPEN_FOR // timedelta(hours=1),
        "first_days": purchases.FIRST_DAYS.days,
        "most_at_first": purchases.MOST_AT_FIRST // plans.MICROS,
        "ask_tokens": plans.ASK_TOKENS,
        "visual_times": plans.tokens_for(10, "snapshot", visual=True) // 10,
        "spend_order": plans.SPEND_ORDER,
        "prices": [
            (detail, plans.per_persona(detail), plans.tokens_for(100, detail))
            for detail in plans.DETAILS
        ],
        "price_list": [
            (f"{size:,}", *(f"{plans.tokens_for(size, detail):,}" for detail in plans.DETAILS))
            for size in _PRICED
        ],
        "per_persona": {detail: plans.per_persona(detail) for detail in plans.DETAILS},
        "standard_hundred": hundred,
        "panel_sizes": [_size(people, use) for people, use in _SIZES.items()],
        "cancelled": {"done": _DONE, "kept": kept, "back": hundred - kept},
    }


def _size(people: int, use: str) -> dict[str, str]:
    low, high = wilson(people // 2, people)
    return {
        "people": f"{people:,}",
        "interval": f"{low:.0%} to {high:.0%}".replace("%", " %"),
        "tokens": f"{plans.tokens_for(people, 'standard'):,}",
        "use": use,
    }


def _plan(plan: plans.Plan, hundred: int) -> dict[str, str]:
    return {
        "name": plan.name,
        "usd": _money(plan.usd_micros),
        "included": f"{plan.included:,}",
        "tests": f"{plan.included // hundred:,}",
        "overage": f"${dollars(plan.overage_micros):.4f}",
        "cap": _money(plan.cap_micros),
    }


def _pack(pack: plans.Pack, hundred: int) -> dict[str, str]:
    return {
        "name": pack.name,
        "usd": _money(pack.usd_micros),
        "tokens": f"{pack.tokens:,}",
        "tests": f"{pack.tokens // hundred:,}",
    }


def _money(micros: int) -> str:
    return f"${micros // plans.MICROS}"
