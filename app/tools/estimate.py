"""polis_estimate: what a test would cost, without starting it."""

from decimal import Decimal

from pydantic import Field

from app.domain import plans, wallets
from app.domain.callers import READ
from app.domain.tariff import panelist as panelists
from app.tools.base import Call, Hints, Output, Tool
from app.tools.content import TestInput
from app.tools.numbers import Number, dollars, number


class Split(Output):
    """How the price would divide over what you have, in spend order."""

    included: int = Field(description="From the period's allotment.")
    trial: int = Field(description="From the trial.")
    packs: int = Field(description="From bought packs.")
    overage: int = Field(description="On overage, up to the cap.")


class Estimate(Output):
    """The price, and whether it can be paid."""

    tokens: int = Field(description="The whole price in tokens; held at the start.")
    usd: Number | None = Field(
        default=None, description="Dollars this would add to the bill: the overage part."
    )
    split: Split = Field(description="Where the tokens would come from.")
    within_cap: bool = Field(
        description="Whether the price can be paid right now, within every cap and limit. "
        "It says nothing of the content: an address may be refused all the same."
    )
    per_persona_tokens: Number = Field(
        description=(f"By detail: {plans.per_persona_listed()}; times {plans.VISUAL} for visual.")
    )
    note: str | None = Field(
        default=None, description="What else to know: a text of which the panel would read less."
    )


def run(call: Call, given: TestInput) -> Estimate:
    """Reckon with the figures of this moment; nothing is fetched and nothing held."""
    order, standing = given.order(), call.caller.standing
    seated = panelists.chosen(call.panelist, call.caller)
    panelists.check(call.session, seated, call.caller, [order], call.now)
    split = wallets.divide(standing, order.tokens)
    usd = None if call.caller.never_sells else dollars(split.overage * standing.price_micros)
    return Estimate(
        tokens=order.tokens,
        usd=usd,
        split=Split(
            included=split.included, trial=split.trial, packs=split.packs, overage=split.overage
        ),
        within_cap=call.caller.can_pay(order.tokens),
        per_persona_tokens=number(
            Decimal(plans.per_persona(order.detail, visual=order.url_mode == "visual"))
        ),
        note=_SHORTENED if panelists.shortens(seated, order) else None,
    )


_SHORTENED = (
    "The panel would read a shortened text, its beginning: reading all of it costs more than the "
    "test earns."
)


TOOL = Tool(
    name="polis_estimate",
    title="Estimate a test",
    description=(
        "Say what polis_test with the same arguments would cost and whether it can be paid now. "
        "Free; fetches nothing and starts nothing."
    ),
    input=TestInput,
    output=Estimate,
    run=run,
    hints=Hints(read_only=True, idempotent=True),
    scope=READ,
)
