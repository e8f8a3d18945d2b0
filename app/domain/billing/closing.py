"""Pages of the provider at which nobody is to pay any more."""

from collections.abc import Sequence
from typing import NamedTuple

from app.domain.billing.biller import Biller, BillerAway, NoSuchObject


class Closed(NamedTuple):
    """The pages that sell nothing now, and why another still does."""

    ids: list[str]
    refusal: BillerAway | None


def close(biller: Biller, checkout_ids: Sequence[str]) -> Closed:
    """Try each: one that is being paid at cannot be closed, and keeps none of the others open."""
    closed, refusal = [], None
    for each in checkout_ids:
        try:
            if _close(biller, each):
                closed.append(each)
        except BillerAway as away:
            refusal = away
    return Closed(closed, refusal)


def _close(biller: Biller, checkout_id: str) -> bool:
    """Whether a page was open or is over; whoever pays it in this very moment has paid."""
    try:
        page = biller.checkout(checkout_id)
    except NoSuchObject:
        return True
    if page.status == "open":
        biller.close_checkout(checkout_id)
    return page.status != "complete"
