"""Signing keys are made, sealed under our secret, opened and signed with; imported on first use."""

import json
from datetime import datetime
from functools import lru_cache
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from app.domain import sealed
from app.domain.keyset import AFTER, AHEAD, SIGNS
from app.kit import ids
from app.models.grants import SigningKey

_SEALED = "signing keys"


def make(algorithm: str, secrets: tuple[str, ...], now: datetime) -> SigningKey:
    """A new key, its private half sealed; slow, so no transaction should wait for it."""
    kid = ids.new("sig")
    key: RSAKey | ECKey = (
        RSAKey.generate_key(2048) if algorithm == "RS256" else ECKey.generate_key("P-256")
    )
    facts = {"use": "sig", "alg": algorithm, "kid": kid}
    plain = json.dumps(key.as_dict(private=True) | facts).encode()
    signs_until = now + SIGNS + AHEAD
    return SigningKey(
        kid=kid,
        algorithm=algorithm,
        public=key.as_dict(private=False) | facts,
        private=sealed.seal(plain, _SEALED, secrets),
        created_at=now,
        signs_until=signs_until,
        told_until=signs_until + AFTER,
    )


def sign(row: SigningKey, claims: dict[str, Any], secrets: tuple[str, ...]) -> str:
    """A JWT (RFC 7519) of these claims under this key."""
    key = _opened(row.algorithm, row.private, secrets)
    return jwt.encode({"alg": row.algorithm, "kid": row.kid}, claims, key)


@lru_cache(maxsize=8)  # 56 ms of arithmetic each time an RSA key is read: once a process is enough
def _opened(algorithm: str, private: bytes, secrets: tuple[str, ...]) -> RSAKey | ECKey:
    kind = RSAKey if algorithm == "RS256" else ECKey
    return kind.import_key(json.loads(sealed.opened(private, _SEALED, secrets)))
