"""polis_topup: a payment page for a pack of tokens; no stored card is ever charged."""

from typing import Literal

from pydantic import Field

from app.domain import idempotency, purchases
from app.domain.callers import FULL
from app.domain.idempotency import Answer
from app.kit import clock
from app.tools.base import Call, Hints, Input, Output, Problems, Tool
from app.tools.content import blank
from app.tools.usage import dollars


class TopupInput(Input):
    """Which pack."""

    pack: Literal["small", "medium", "large", "scale"] = Field(description="Which pack to buy.")
    idempotency_key: str | None = Field(
        default=None,
        min_length=1,
        max_length=255,
        description="The same key gives the same page again.",
    )

    @classmethod
    def together(cls, given: Answer) -> Problems:
        return blank(given, "idempotency_key")


class Topup(Output):
    """Where to pay, and what for."""

    pay_url: str = Field(
        description="Page where a person (or a paying agent) completes the purchase."
    )
    pack: str = Field(description="The pack.")
    usd: float = Field(description="Its price in dollars.")
    tokens: int = Field(description="The tokens it adds once paid.")
    expires_at: str = Field(description="Until when the page can be paid, ISO 8601.")


def run(call: Call, given: TopupInput) -> Topup:
    """Open a purchase; the link is derived from it, so nothing secret is kept."""
    answer = idempotency.once(
        call.session,
        call.caller,
        "polis_topup",
        given.idempotency_key,
        given.model_dump(),
        lambda: _offer(call, given),
        call.now,
    )
    ends = clock.from_milliseconds(answer["expires"])
    usd_micros, tokens = purchases.price_of(f"pack:{given.pack}")
    return Topup(
        pay_url=call.links.pay_until(call.caller.organization_id, answer["purchase_id"], ends),
        pack=given.pack,
        usd=dollars(usd_micros),
        tokens=tokens,
        expires_at=clock.iso(ends),
    )


def _offer(call: Call, given: TopupInput) -> Answer:
    purchase = purchases.offer(call.session, call.caller.wallet, f"pack:{given.pack}", call.now)
    return {"purchase_id": purchase.id, "expires": clock.milliseconds(purchase.expires_at)}


TOOL = Tool(
    name="polis_topup",
    title="Buy tokens",
    description=(
        "Open a payment page for a pack of tokens: small $5 for 1,000, medium $20 for 4,000, large "
        "$50 for 12,500, scale $200 for 55,000. Answers with pay_url; show it to the person you "
        "work for. Nothing is bought until somebody pays there."
    ),
    input=TopupInput,
    output=Topup,
    run=run,
    hints=Hints(read_only=False, open_world=True),
    scope=FULL,
)
