"""Secrets of endpoints: shown once, sealed under ours, opened to sign."""

import secrets
from base64 import b64encode
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import LargeBinary, func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.db import changed
from app.domain import sealed
from app.domain.sealed import Lost
from app.models.webhooks import WebhookEndpoint

PREFIX = "whsec_"
_BYTES = 32
_PURPOSE = "webhook secrets"


class NewSecret(NamedTuple):
    """A secret at the only moment it is shown, and how it is kept."""

    plain: str
    sealed: bytes


def new(keys: Sequence[str]) -> NewSecret:
    """A secret as Standard Webhooks spells them."""
    plain = PREFIX + b64encode(secrets.token_bytes(_BYTES)).decode()
    return NewSecret(plain, sealed.seal(plain.encode(), _PURPOSE, keys))


def opened(kept: bytes, keys: Sequence[str]) -> str:
    """The secret itself; `sealed.Lost` where it was under a SECRET_KEY that is not set any more."""
    return sealed.opened(kept, _PURPOSE, keys).decode()


def seal_anew(session: Session, keys: Sequence[str], most: int = sealed.ANEW) -> int:
    """After a roll of ours: seal under the first key whatever is under another.

    What no key opens stays as it is, for the day its key is put back or its people roll it.
    """
    kept = WebhookEndpoint.secret, WebhookEndpoint.former_secret
    return sum(_anew(session, each, keys, most) for each in kept)


def _anew(
    session: Session, column: InstrumentedAttribute[Any], keys: Sequence[str], most: int
) -> int:
    first = sealed.beginning(keys[0])
    others = func.substr(column, 1, len(first), type_=LargeBinary) != first
    # in any order, or those that no key opens would stand before the rest for ever
    some = select(WebhookEndpoint.id, column).where(others).order_by(func.random()).limit(most)
    count = 0
    for endpoint_id, before in session.execute(some):
        try:
            plain = sealed.opened(before, _PURPOSE, keys)
        except Lost:
            continue
        same = WebhookEndpoint.id == endpoint_id, column == before
        after = sealed.seal(plain, _PURPOSE, keys)
        count += changed(session, update(WebhookEndpoint).where(*same).values({column: after}))
    return count
