"""`expand[]`: ids answered as the things they name, where the caller asks for it."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from tests.fake_stripe.ground.problems import Malformed
from tests.fake_stripe.ground.state import State, Thing

DEEPEST = 4
REFERS_TO = {
    "charge": "charge", "configuration": "billing_portal.configuration", "customer": "customer",
    "default_payment_method": "payment_method", "default_price": "price", "invoice": "invoice",
    "latest_charge": "charge", "latest_invoice": "invoice", "payment_intent": "payment_intent",
    "payment_method": "payment_method", "price": "price", "product": "product",
    "schedule": "subscription_schedule", "subscription": "subscription",
}  # fmt: skip
# Fields that are shown only when they are asked for.
SHOWN_WHEN_ASKED: dict[tuple[str, str], Callable[[State, Thing], Any]] = {}


def shown(state: State, thing: Thing, paths: list[str]) -> Thing:
    """A copy of a thing with the fields asked for in full."""
    copy = deepcopy(thing)
    for path in paths:
        parts = path.split(".")
        if len(parts) > DEEPEST:
            raise Malformed(f"You cannot expand more than {DEEPEST} levels of a property. Property: {path}", param="expand")  # fmt: skip
        _expand(state, copy, parts, path)
    return copy


def _expand(state: State, node: Any, parts: list[str], path: str) -> None:
    if isinstance(node, list):
        for each in node:
            _expand(state, each, parts, path)
    elif isinstance(node, dict) and parts:
        _fill(state, node, parts[0], path)
        _expand(state, node[parts[0]], parts[1:], path)


def _fill(state: State, node: Thing, name: str, path: str) -> None:
    ask = SHOWN_WHEN_ASKED.get((node.get("object", ""), name))
    if name not in node and ask is not None:
        node[name] = deepcopy(ask(state, node))
    elif name not in node:
        raise Malformed(f"This property cannot be expanded ({path}).", param="expand[0]")
    elif isinstance(node[name], str) and name in REFERS_TO:
        node[name] = deepcopy(state.get(REFERS_TO[name], node[name]))
