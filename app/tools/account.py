"""polis_account: the organization, its plan, and what it can spend."""

from pydantic import Field

from app.domain import plans, wallets
from app.domain.callers import READ
from app.domain.wallets import Wallet
from app.kit import clock
from app.tools import offers
from app.tools.base import Call, Hints, Input, Output, Tool
from app.tools.numbers import Number, dollars


class Nothing(Input):
    """No arguments."""


class Account(Output):
    """The organization behind the credential; the same for every credential of it."""

    organization: str = Field(description="Name of the organization.")
    organization_id: str = Field(description="Its id.")
    email: str | None = Field(
        default=None, description="Its owner's address; left out for organization tokens."
    )
    plan: str = Field(description="trial, starter, pro or scale.")
    status: str = Field(
        description="trialing (no plan), active, past_due (a payment failed) or inactive "
        "(the plan is off)."
    )
    included_tokens_remaining: int = Field(description="Left of this period's allotment.")
    trial_tokens_remaining: int = Field(description="Left of the trial.")
    pack_tokens_remaining: int = Field(description="Left of bought packs.")
    held_tokens: int = Field(description="Set aside for what is running now.")
    overage_usd: Number | None = Field(
        default=None, description="Overage of this period in dollars."
    )
    cap_usd: Number | None = Field(
        default=None, description="Cap on overage per period in dollars."
    )
    period_ends_at: str | None = Field(default=None, description="End of the period, ISO 8601.")
    checkout_urls: offers.CheckoutUrls | None = Field(
        default=None, description="Plans, when not on one."
    )
    topup_packs: list[offers.TopupPack] | None = Field(
        default=None, description="Packs, when not on a plan."
    )


def run(call: Call, _given: Nothing) -> Account:
    """The live book's figures, whichever key asks."""
    caller, standing = call.caller, call.caller.standing
    if caller.book != "live":
        live = Wallet(caller.organization_id, "live", caller.mode)
        standing = wallets.standing(call.session, live, call.now)
    on_plan = standing.plan in plans.PAID_PLANS and standing.status != "inactive"
    sells = not (on_plan or caller.mode == "off" or caller.never_sells)
    offered = (call.links, caller.organization_id, call.now)
    return Account(
        organization=caller.organization_name,
        organization_id=caller.organization_id,
        email=caller.email,
        plan=standing.plan,
        status=standing.status,
        included_tokens_remaining=standing.included,
        trial_tokens_remaining=standing.trial,
        pack_tokens_remaining=standing.packs,
        held_tokens=standing.held,
        overage_usd=None if caller.never_sells else dollars(standing.overage_micros),
        cap_usd=None if caller.never_sells else dollars(standing.cap_micros),
        period_ends_at=(
            clock.iso(standing.period_ends("live", call.now)) if standing.period_end else None
        ),
        checkout_urls=offers.checkout_urls(*offered) if sells and caller.claimed else None,
        topup_packs=offers.topup_packs(*offered) if sells else None,
    )


_SHOWS = (
    "Show which organization this credential acts for, its plan and the tokens it can still spend"
)
_WHEN = "Free. Call it first when unsure whether a test can be paid."

TOOL = Tool(
    name="polis_account",
    title="Show account",
    description=f"{_SHOWS}, with the pages where a person can buy more. {_WHEN}",
    unsold=f"{_SHOWS}. {_WHEN}",
    input=Nothing,
    output=Account,
    run=run,
    hints=Hints(read_only=True, idempotent=True),
    scope=READ,
)
