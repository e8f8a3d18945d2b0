"""polis_topup: a payment page for a pack of tokens; no stored card is ever charged."""

from datetime import datetime
from typing import Literal, NamedTuple

from pydantic import Field, PrivateAttr

from app.domain import idempotency, plans
from app.domain.billing import purchases
from app.domain.callers import FULL
from app.domain.idempotency import Answer
from app.errors import Conflict
from app.kit import clock
from app.tools.base import Call, Hints, Input, Output, Outside, Problems, Tool
from app.tools.content import blank
from app.tools.numbers import Number, dollars


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


class Behind(NamedTuple):
    """The purchase behind an answer."""

    purchase_id: str
    ends: datetime
    elicits: bool  # its person is asked on a page of ours, so the provider's is not opened yet
    opens: bool  # the provider's page


class Topup(Output):
    """Where to pay, and what for."""

    pay_url: str = Field(
        description="Page where a person (or a paying agent) completes the purchase."
    )
    pack: str = Field(description="The pack.")
    usd: Number = Field(description="Its price in dollars.")
    tokens: int = Field(description="The tokens it adds once paid.")
    expires_at: str = Field(description="Until when the page can be paid, ISO 8601.")
    status: Literal["open", "paid"] = Field(
        description=(
            "open until somebody has paid, then paid: the tokens are there. The same call with the "
            "same idempotency_key says which."
        )
    )
    hint: str | None = Field(default=None, description="What to do now, where it was declined.")
    _behind: Behind = PrivateAttr()

    @property
    def behind(self) -> Behind:
        """What the answer is about; told to nobody."""
        return self._behind


def run(call: Call, given: TopupInput) -> Topup:
    """Offer the pack; nothing secret is kept, since the page is found by the purchase."""
    purchase_id, _ = offered(call, given)
    return described(call, purchase_id)


def offered(call: Call, given: TopupInput) -> tuple[str, bool]:
    """The purchase of a call, the same for the same key, and whether this call made it."""
    new = []

    def make() -> Answer:
        made = purchases.offer(call.session, call.caller.wallet, f"pack:{given.pack}", call.now)
        new.append(made)
        return {"purchase_id": made.id, "expires": clock.milliseconds(made.expires_at)}

    key, same = given.idempotency_key, given.model_dump()
    answer = idempotency.once(call.session, call.caller, TOOL.name, key, same, make, call.now)
    _of_this_money(call, answer["purchase_id"])
    return answer["purchase_id"], bool(new)


def _of_this_money(call: Call, purchase_id: str) -> None:
    """A page from before `polis migrate-billing` would be paid for and bring nothing here."""
    purchase = purchases.of(call.session, purchase_id)
    if purchase.mode != call.caller.wallet.mode and purchase.paid_at is None:
        raise Conflict(
            "This idempotency_key belongs to a page from before the payment mode was changed.",
            hint="Use a new idempotency_key.",
        )


def described(call: Call, purchase_id: str, *, elicits: bool = False) -> Topup:
    """A purchase as the tool answers it."""
    purchase = purchases.of(call.session, purchase_id)
    ends, paid = purchase.expires_at, purchase.paid_at is not None
    answer = Topup(
        pay_url=call.links.paying(purchase.organization_id, purchase.id, ends),
        pack=purchase.item.removeprefix("pack:"),
        usd=dollars(purchase.usd_micros),
        tokens=purchase.tokens,
        expires_at=clock.iso(ends),
        status="paid" if paid else "open",
    )
    opens = not (elicits or paid or ends <= call.now)
    answer._behind = Behind(purchase.id, ends, elicits, opens)  # noqa: SLF001 # made here, read above
    return answer


def open_page(outside: Outside, _given: TopupInput, answer: Topup) -> Topup:
    """Open the provider's page at once: the call of the tool was the button."""
    if not answer.behind.opens:
        return answer
    page = outside.till.page(answer.behind.purchase_id, back_url=answer.pay_url)
    return answer.model_copy(update={"pay_url": page.url or answer.pay_url})


_LISTED = ", ".join(
    f"{name} ${pack.usd_micros // plans.MICROS} for {pack.tokens:,}"
    for name, pack in plans.PACKS.items()
)
TOOL = Tool(
    name="polis_topup",
    title="Buy tokens",
    description=(
        f"Open a payment page for a pack of tokens: {_LISTED}. Answers with pay_url; show it to "
        "the person you work for. Nothing is bought until somebody pays there."
    ),
    input=TopupInput,
    output=Topup,
    run=run,
    hints=Hints(read_only=False, open_world=True),
    scope=FULL,
    afterwards=open_page,
    sells=True,
)
