"""Every object has the fields, and the kinds of values, that the SDK's types declare."""

import types
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, ForwardRef, Literal, Union, get_args, get_origin

import pytest
from stripe._list_object import ListObject
from stripe._object_classes import OBJECT_CLASSES
from stripe._stripe_object import StripeObject, UntypedStripeObject

from tests.fake_stripe.ground.shapes import class_of, fields, is_optional
from tests.fake_stripe.selling import Shop, visit


def lived(shop: Shop) -> None:
    """A little of everything happens."""
    plan, bigger, metered = shop.plan(), shop.plan("Pro", 5000), shop.metered()
    customer = shop.customer().id
    session = shop.session(shop.pack(), customer=customer, invoice_creation={"enabled": True})
    visit(session.url, action="pay")
    subscription = shop.subscribed(plan, metered, customer=customer)
    shop.use(customer, 100, "entry:1")
    item = subscription["items"].data[0]
    shop.v1.subscriptions.update(subscription.id, {"items": [{"id": item.id, "price": bigger.id}]})
    shop.v1.subscription_schedules.create({"from_subscription": subscription.id})
    charge = shop.v1.charges.list().data[0]
    shop.v1.refunds.create({"charge": charge.id, "amount": 100})
    shop.control.dispute(charge=shop.v1.charges.list().data[1].id)
    shop.v1.billing_portal.configurations.create(
        {"features": {"invoice_history": {"enabled": True}}}
    )
    shop.v1.billing_portal.sessions.create({"customer": customer})
    shop.v1.webhook_endpoints.create({"url": "http://x.test", "enabled_events": ["*"]})
    shop.control.decline(customer=customer)
    shop.pass_days(40)


def test_every_object_is_shaped_as_the_sdk_declares(shop: Shop):
    lived(shop)
    things = shop.control.dump()["things"]
    assert len([kind for kind, found in things.items() if found]) >= 18
    wrong = [
        error
        for kind, found in things.items()
        if kind in OBJECT_CLASSES and kind != "billing.meter_event"
        for thing in found.values()
        for error in faults(thing, class_of(kind), kind)
    ]
    assert "\n".join(sorted(set(wrong))) == ""


def test_pictures_in_events_are_shaped_the_same(shop: Shop):
    lived(shop)
    events = shop.control.dump()["things"]["event"].values()
    pictures = [event["data"]["object"] for event in events]
    wrong = [
        error
        for each in pictures
        for error in faults(each, class_of(each["object"]), each["object"])
    ]
    assert "\n".join(sorted(set(wrong))) == ""


@pytest.mark.parametrize("kind", ["product", "subscription"])
def test_a_fault_of_shape_is_noticed(shop: Shop, kind: str):
    shop.subscribed(shop.plan())
    thing = next(iter(shop.control.dump()["things"][kind].values()))
    thing |= {"created": "yesterday", "made_up": 1}
    assert set(faults(thing, class_of(kind), kind)) == {
        f"{kind}.created: 'yesterday'",
        f"{kind}: not declared: made_up",
    }


def faults(thing: dict[str, Any], of: type[StripeObject], path: str) -> Iterator[str]:
    declared = fields(of, path)
    lacking = {name for name in declared if not is_optional(declared[name])} - set(thing)
    yield from (f"{path}: lacks {name}" for name in sorted(lacking))
    every = fields(of) | {"deleted": Literal[True] | None}
    yield from (f"{path}: not declared: {name}" for name in sorted(set(thing) - set(every)))
    for name, value in thing.items():
        if name in every:
            yield from misfits(value, every[name], f"{path}.{name}")


def misfits(value: Any, annotation: Any, path: str) -> Iterator[str]:
    if get_origin(annotation) in {Union, types.UnionType}:
        choices = [list(misfits(value, choice, path)) for choice in get_args(annotation)]
        words = [get_args(each) for each in get_args(annotation) if get_origin(each) is Literal]
        if (
            words
            and isinstance(value, str)
            and value not in [word for each in words for word in each]
        ):
            yield f"{path}: {value!r}"
        elif all(choices):
            yield min(choices, key=len)[0]
    elif isinstance(annotation, ForwardRef | str):
        if not isinstance(value, dict | str):
            yield f"{path}: {value!r}"
    elif get_origin(annotation) is list or annotation is list:
        inner = get_args(annotation)[0]
        found = value if isinstance(value, list) else [value]
        yield from () if isinstance(value, list) else (f"{path}: {value!r}",)
        for each in found:
            yield from misfits(each, inner, path)
    elif get_origin(annotation) is Literal:
        yield from () if value in get_args(annotation) else (f"{path}: {value!r}",)
    else:
        yield from _plain(value, get_origin(annotation) or annotation, path)


def _plain(value: Any, kind: Any, path: str) -> Iterator[str]:
    if kind is ListObject:
        yield from () if value and value["object"] == "list" else (f"{path}: {value!r}",)
    elif kind is UntypedStripeObject or kind is Any:
        return
    elif isinstance(kind, type) and issubclass(kind, StripeObject):
        yield from faults(value, kind, path) if isinstance(value, dict) else (f"{path}: {value!r}",)
    elif kind is Decimal:
        yield from () if isinstance(value, str) else (f"{path}: {value!r}",)
    elif not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        yield f"{path}: {value!r}"
