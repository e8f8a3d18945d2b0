"""An item is to be paid for: the provider's page that is open for it, else a new one."""

from collections.abc import Callable
from datetime import datetime

from app.domain.billing.records import Checkout
from app.domain.billing.till import Till

Back = Callable[[str, datetime], str]  # from a purchase's id and its end


def page(
    till: Till, organization_id: str, item: str, now: datetime, *, by_owner: bool, back: Back
) -> Checkout:
    """Where an item is paid for; its address is `back` where its payment is on its way.

    A page may have ended before its time, or its bank may not have paid: then it is bought anew.
    """

    def opened() -> Checkout:
        purchase = till.purchase(till.offer(organization_id, item, now, by_owner=by_owner))
        address = back(purchase.id, purchase.expires_at)
        found = till.page(purchase.id, address)
        return found if found.url else found._replace(url=address)

    first = opened()
    if not first.over:
        return first
    till.over([first.id], now)
    return opened()
