"""What Stripe posts to us: whose it is, how old, of which mode, and what to read again."""

import hashlib
import hmac
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, TypeVar

from app.adapters.stripe import reading
from app.adapters.stripe.client import API_VERSION, LIVE
from app.domain.billing.biller import BadNotice
from app.domain.billing.records import Notice, Subject
from app.domain.billing.signed import verify
from app.kit import logs

TEST = "stripe_test"

# What an endpoint of ours is told of; each is one of the subjects below.
EVENTS: Final = (
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
    "invoice.finalized",
    "invoice.paid",
    "invoice.payment_failed",
    "invoice.payment_action_required",
    "invoice.voided",
    "invoice.marked_uncollectible",
    "customer.subscription.created",
    "customer.subscription.updated",
    "customer.subscription.paused",
    "customer.subscription.resumed",
    "customer.subscription.deleted",
    "charge.refunded",
    "refund.created",
    "refund.updated",
    "refund.failed",
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
    "customer.deleted",
)

# How an event's name begins, what it is about, and which field of its object names that.
SUBJECTS: tuple[tuple[str, Subject, str], ...] = (
    ("checkout.session.", "checkout", "id"),
    ("invoice.", "invoice", "id"),
    ("customer.subscription.", "subscription", "id"),
    ("charge.", "payment", "payment_intent"),
    ("refund.", "payment", "payment_intent"),
    ("customer.deleted", "customer", "id"),
)
_NOT_YET = "invoice.upcoming"  # tells of an invoice nobody can read

Key = tuple[str, str]  # a secret, and the payment mode it belongs to

_Value = TypeVar("_Value")
_log = logs.logger("stripe")


def read(body: bytes, signature: str, keys: Sequence[Key], mode: str, now: datetime) -> Notice:
    """A notice of Stripe's and, as its key, its event and its object say, of our mode.

    BadNotice for whatever is not.
    """
    secrets = [secret for secret, _ in keys]
    signer = verify(body, signature, secrets, now, by=_signature, whose="Stripe's")
    modes = {its for secret, its in keys if secret == signer}
    try:
        told = json.loads(body)
        notice = _notice(told)
        livemode = told["data"]["object"].get("livemode", told["livemode"])
        version = told.get("api_version")
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise BadNotice("The notice cannot be read.") from error
    if modes | {notice.mode} != {mode} or livemode is not (mode == LIVE):
        raise BadNotice(f"The notice is of another payment mode than {mode}.", notice)
    if version != API_VERSION:  # we take ids from it alone, and read again
        _log.info("stripe.version", notice=notice.id, version=str(version))
    return notice


def _signature(secret: str, moment: str, body: bytes) -> str:
    return hmac.digest(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hex()


def _notice(told: dict[str, Any]) -> Notice:
    kind, live = _is(str, told["type"]), _is(bool, told["livemode"])
    subject, object_id = _about(kind, told["data"]["object"])
    return Notice(
        id=_is(str, told["id"]),
        mode=LIVE if live else TEST,
        kind=kind,
        made_at=reading.moment(told["created"]),
        subject=subject,
        object_id=object_id,
    )


def _about(kind: str, thing: dict[str, Any]) -> tuple[Subject | None, str | None]:
    for begins, subject, field in SUBJECTS:
        if kind.startswith(begins) and kind != _NOT_YET and (named := thing.get(field)):
            return subject, _is(str, named)
    return None, None


def _is(kind: type[_Value], value: object) -> _Value:
    if not isinstance(value, kind):
        raise TypeError(value)
    return value
