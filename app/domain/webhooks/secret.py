"""Secrets of endpoints: shown once, sealed under ours, opened to sign."""

import secrets
from base64 import b64encode
from collections.abc import Sequence
from typing import NamedTuple

from app.domain import sealed

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
