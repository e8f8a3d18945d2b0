"""What can be bought, offered and paid: packs and plans, on the simulated biller for now."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.domain import ledger, plans
from app.domain.wallets import Wallet
from app.errors import Conflict, NotFound
from app.kit import clock, ids
from app.models.billing import Purchase

OPEN_FOR = timedelta(days=7)


def offer(session: Session, wallet: Wallet, item: str, now: datetime) -> Purchase:
    """Write down an item somebody may now pay for."""
    if wallet.mode == "off":
        raise NotFound("This installation sells nothing.", hint="Ask its operator for tokens.")
    if wallet.book != "live":
        raise Conflict(
            "Test keys spend the daily test tokens; there is nothing to buy for them.",
            hint="Use an sk_live_ key.",
        )
    usd_micros, tokens = price_of(item)
    purchase = Purchase(
        id=ids.new("pur"),
        organization_id=wallet.organization_id,
        mode=wallet.mode,
        item=item,
        tokens=tokens,
        usd_micros=usd_micros,
        created_at=now,
        expires_at=now + OPEN_FOR,
    )
    session.add(purchase)
    session.flush()
    return purchase


def price_of(item: str) -> tuple[int, int]:
    """Micro-dollars and tokens of an item such as `pack:small` or `plan:pro`."""
    kind, _, name = item.partition(":")
    if kind == "pack" and name in plans.PACKS:
        return plans.PACKS[name].usd_micros, plans.PACKS[name].tokens
    if kind == "plan" and name in plans.PAID_PLANS:
        return plans.PLANS[name].usd_micros, plans.PLANS[name].included
    raise NotFound("There is no such item.", hint="The price list is at /pricing.")


def paid(session: Session, purchase_id: str, now: datetime) -> Purchase:
    """Grant what was paid for, once; a second payment notice changes nothing."""
    purchase = session.get(Purchase, purchase_id, with_for_update=True)
    if purchase is None:
        raise NotFound("There is no such purchase.")
    if purchase.paid_at is not None:
        return purchase
    wallet = Wallet(purchase.organization_id, "live", purchase.mode)
    kind, _, name = purchase.item.partition(":")
    cause = f"purchase:{purchase.id}"
    if kind == "pack":
        money = purchase.usd_micros
        ledger.grant(
            session, wallet, "packs", purchase.tokens, cause=cause, now=now, usd_micros=money
        )
    else:
        end = clock.month_after(now)
        ledger.start_period(session, wallet, name, start=now, end=end, cause=cause, now=now)
    purchase.paid_at = now
    session.flush()
    return purchase
