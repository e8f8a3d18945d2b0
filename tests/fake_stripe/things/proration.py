"""Proration: by the second, what is left of the old price against what is left of the new."""

from datetime import UTC, datetime

from tests.fake_stripe.ground.money import cost, share
from tests.fake_stripe.ground.state import State, Thing
from tests.fake_stripe.things.items import is_metered
from tests.fake_stripe.things.lines import item_line, name_of


def credit_lines(state: State, subscription: Thing, moment: int) -> list[Thing]:
    """The unused time of everything paid ahead."""
    return [
        _line(state, item, item["price"], item["quantity"], moment, -1)
        for item in subscription["items"]["data"]
        if not is_metered(item["price"]) and item["current_period_end"] > moment
    ]


def change_lines(state: State, before: list[Thing], after: list[Thing], moment: int) -> list[Thing]:
    """Unused time of what goes or changes, remaining time of what comes or has changed."""
    old = {item["id"]: item for item in before}
    new = {item["id"]: item for item in after}
    changed = [key for key in {**old, **new} if _paid(old.get(key)) != _paid(new.get(key))]
    lines = [
        _line(state, old[key], old[key]["price"], old[key]["quantity"], moment, -1)
        for key in changed
        if key in old and not is_metered(old[key]["price"])
    ]
    return lines + [
        _line(state, new[key], new[key]["price"], new[key]["quantity"], moment, 1)
        for key in changed
        if key in new and not is_metered(new[key]["price"])
    ]


def _paid(item: Thing | None) -> tuple[str, int] | None:
    return (item["price"]["id"], item["quantity"]) if item else None


def _line(state: State, item: Thing, price: Thing, quantity: int, moment: int, sign: int) -> Thing:
    start, end = item["current_period_start"], item["current_period_end"]
    left = max(0, end - moment)
    day = f"{datetime.fromtimestamp(moment, UTC):%-d %b %Y}"
    word = "Remaining time on" if sign > 0 else "Unused time on"
    return item_line(
        state, {**item, "price": price}, (moment, end), quantity=quantity, proration=True,
        amount=sign * share(cost(price, quantity), left, end - start),
        description=f"{word} {name_of(state, price)} after {day}",
    )  # fmt: skip
