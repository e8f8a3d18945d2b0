"""What stands beside the button: the price, and who would read."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from app.domain.panel.makeup import Makeup, makeup
from app.domain.runs import order as orders_
from app.domain.runs.order import Order
from app.errors import PolisError
from app.kit.plain import plain
from app.web import place
from app.web.testing import faults, price
from app.web.testing.price import Price, Unpriced


class Quoted(NamedTuple):
    """A price or why there is none, and the panel where it can be told."""

    price: Price | Unpriced
    makeup: Makeup | None


def of(orders: Callable[[], Sequence[Order]], book: str, *, written: bool) -> Quoted:
    """Nothing has to be written for a price; whom a text is for shows only once there is one."""
    try:
        read = orders()
    except PolisError as error:
        found = faults.of(error) or {"": error.message}
        return Quoted(Unpriced(next(iter(found.values()))), None)
    known = written or read[0].audience
    return Quoted(_price(read, book), _panel(read) if known else None)


def _price(orders: Sequence[Order], book: str) -> Price | Unpriced:
    try:
        return price.of(orders, place.caller(book))
    except PolisError as error:
        return price.refused(error)


def _panel(orders: Sequence[Order]) -> Makeup:
    """Variants share the panel of the first."""
    first = orders[0]
    return makeup(
        first.content_type,
        plain(first.content),
        None if first.audience is None else plain(first.audience),
        orders_.seed_of(*orders),
        first.persona_count,
    )
