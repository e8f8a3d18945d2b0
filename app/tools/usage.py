"""`_usage`, on every answer, and the shape of a refusal."""

from typing import Any

from pydantic import BaseModel, Field

from app.domain.callers import Caller
from app.domain.wallets import Standing
from app.kit import clock
from app.tools.numbers import Number, dollars


class Usage(BaseModel):
    """What this credential can still spend, as of this answer."""

    plan: str = Field(description="trial, starter, pro, scale, or test for the test book.")
    included_tokens_remaining: int = Field(description="Left of the period's allotment.")
    trial_tokens_remaining: int = Field(description="Left of the trial.")
    pack_tokens_remaining: int = Field(description="Left of bought packs.")
    held_tokens: int = Field(description="Set aside for what is running now.")
    in_overage: bool | None = Field(
        default=None, description="Whether this period's overage has begun."
    )
    overage_usd: Number | None = Field(
        default=None, description="Overage of this period, holds included, in dollars."
    )
    cap_usd: Number | None = Field(
        default=None, description="Cap on overage per period, in dollars."
    )
    cap_remaining_usd: Number | None = Field(
        default=None, description="What the cap still allows, in dollars."
    )
    credential_limit_tokens: int | None = Field(
        default=None, description="Limit of this key or app per period; absent: none."
    )
    credential_limit_remaining: int | None = Field(
        default=None, description="What that limit still allows."
    )
    period_ends_at: str | None = Field(default=None, description="End of the period, ISO 8601.")
    livemode: bool = Field(description="True only where real money is at stake.")
    no_auth: bool | None = Field(
        default=None,
        description="True where the call came without a credential (local development).",
    )


class Refusal(BaseModel):
    """Why a call was refused; nothing was charged and nothing half-done stays behind."""

    code: str = Field(description="Stable word for programs; listed in the docs.")
    message: str = Field(description="What is wrong.")
    hint: str = Field(description="What to do next.")
    details: dict[str, Any] = Field(description="The figures and links that go with it.")
    request_id: str = Field(description="Quote this to support.")


def usage(caller: Caller, standing: Standing, limit_used: int) -> dict[str, Any]:
    """The figures as JSON; absent ones are left out."""
    figures: dict[str, Any] = {
        "plan": standing.plan,
        "included_tokens_remaining": standing.included,
        "trial_tokens_remaining": standing.trial,
        "pack_tokens_remaining": standing.packs,
        "held_tokens": standing.held,
    }
    if not caller.never_sells:
        figures |= _overage(standing)
    if caller.limit_tokens is not None:
        figures["credential_limit_tokens"] = caller.limit_tokens
        figures["credential_limit_remaining"] = max(0, caller.limit_tokens - limit_used)
    if standing.period_end is not None or caller.limit_tokens is not None:
        figures["period_ends_at"] = clock.iso(standing.period_ends(caller.book, clock.now()))
    figures["livemode"] = caller.book == "live" and caller.mode == "stripe_live"
    if caller.via == "none":
        figures["no_auth"] = True
    return figures


def _overage(standing: Standing) -> dict[str, Any]:
    # A plan that ended, or whose payment failed, keeps its cap and refuses overage all the same.
    cap_left = standing.cap_micros - standing.overage_micros if standing.price_micros else 0
    return {
        "in_overage": standing.overage_tokens > 0,
        "overage_usd": dollars(standing.overage_micros),
        "cap_usd": dollars(standing.cap_micros),
        "cap_remaining_usd": dollars(max(0, cap_left)),
    }
