"""What became of a purchase, for whoever comes back from the provider's page."""

from datetime import datetime

from app.domain.billing import notices
from app.domain.billing.biller import BillerAway
from app.domain.billing.till import Till


def state(till: Till, purchase_id: str, now: datetime) -> str:
    """One of paid, refunded, confirming, waiting, failed, open, ended.

    Nothing is granted here. A page that is paid while its notice has not come is read by a worker
    as if it had.
    """
    purchase = till.purchase(purchase_id)
    if purchase.paid_at is not None:
        return "paid"
    if purchase.returned_at is not None:
        return "refunded"
    if purchase.checkout_id is None:
        return "open" if now < purchase.expires_at else "ended"
    try:
        page = till.biller.checkout(purchase.checkout_id)
    except BillerAway:
        return "confirming"
    if page.status == "complete" and not page.failed:
        with till.transaction() as session:
            notices.look_again(session, "checkout", page.id, cause=f"returned:{page.id}", now=now)
        return "confirming" if page.paid or page.covered else "waiting"
    return "failed" if page.failed else "open" if page.status == "open" else "ended"
