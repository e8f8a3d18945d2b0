"""Objects with every field that the SDK's class of them declares."""

import types
from functools import cache
from importlib import import_module
from typing import Any, ClassVar, ForwardRef, Literal, Union, get_args, get_origin

from stripe._list_object import ListObject
from stripe._object_classes import OBJECT_CLASSES
from stripe._stripe_object import StripeObject, UntypedStripeObject

# Left out by Stripe unless they are expanded, or of a kind of account that we are not.
NOT_SHOWN = {
    "charge": {"level3", "refunds", "transfer", "transfer_data", "presentment_details"},
    "checkout.session": {"line_items", "currency_conversion", "presentment_details"},
    "customer": {"cash_balance", "sources", "subscriptions", "tax_ids", "tax", "discount"},
    "invoice": {"payments", "confirmation_secret", "webhooks_delivered_at"},
    "price": {"currency_options", "tiers"},
    "subscription": {"presentment_details"},
    "webhook_endpoint": {"secret"},
}


def blank(kind: str, **given: Any) -> dict[str, Any]:
    """An object of a kind: nothing where Stripe may say nothing, then what is given."""
    return {**blank_of(class_of(kind), kind), **given}


@cache
def class_of(kind: str) -> type[StripeObject]:
    """The SDK's class of a kind."""
    module, name = OBJECT_CLASSES[kind]
    found: type[StripeObject] = getattr(import_module(module), name)
    return found


def fields(of: type[StripeObject], kind: str = "") -> dict[str, Any]:
    """The declared fields of a class and their annotations, without what is not shown."""
    hidden = NOT_SHOWN.get(kind, set()) | {"deleted"}
    declared = vars(of).get("__annotations__", {})
    return {
        name: annotation
        for name, annotation in declared.items()
        if get_origin(annotation) is not ClassVar and name not in hidden and name[0] != "_"
    }


def is_optional(annotation: Any) -> bool:
    """Whether a field may be nothing."""
    return get_origin(annotation) in {Union, types.UnionType} and type(None) in get_args(annotation)


def blank_of(of: type[StripeObject], kind: str = "") -> dict[str, Any]:
    """The same for a class inside another."""
    return {name: _nothing(annotation) for name, annotation in fields(of, kind).items()}


def _nothing(annotation: Any) -> Any:
    if isinstance(annotation, ForwardRef | str) or is_optional(annotation):
        return None
    origin = get_origin(annotation) or annotation
    if origin in {Union, Literal}:  # words that may grow: the first of them
        first = get_args(annotation)[0]
        return first if origin is Literal else _nothing(first)
    if isinstance(origin, type) and issubclass(origin, StripeObject):
        return _made_of(origin)
    return {bool: False, int: 0, list: [], dict: {}, str: ""}.get(origin)


def _made_of(of: type[StripeObject]) -> Any:
    if of is ListObject:
        return {"object": "list", "data": [], "has_more": False, "url": ""}
    return {} if of is UntypedStripeObject else blank_of(of)
