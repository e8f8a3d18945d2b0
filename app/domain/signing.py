"""Signing keys are made, sealed under our secret, opened and signed with; imported on first use."""

import hashlib
import hmac
import json
from datetime import datetime
from functools import lru_cache
from typing import Any

from joserfc import jwe, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OctKey, RSAKey

from app.domain.keyset import AFTER, AHEAD, SIGNS
from app.kit import ids
from app.models.grants import SigningKey

_SEALED = {"alg": "dir", "enc": "A256GCM"}


class LostKey(Exception):
    """A private key was sealed under a SECRET_KEY that is not set any more."""


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
        private=jwe.encrypt_compact(_SEALED, plain, _sealing(secrets[0])).encode(),
        created_at=now,
        signs_until=signs_until,
        told_until=signs_until + AFTER,
    )


def sign(row: SigningKey, claims: dict[str, Any], secrets: tuple[str, ...]) -> str:
    """A JWT (RFC 7519) of these claims under this key."""
    key = _opened(row.kid, row.algorithm, row.private, secrets)
    return jwt.encode({"alg": row.algorithm, "kid": row.kid}, claims, key)


@lru_cache(maxsize=8)  # 56 ms of arithmetic each time an RSA key is read: once a process is enough
def _opened(kid: str, algorithm: str, sealed: bytes, secrets: tuple[str, ...]) -> RSAKey | ECKey:
    for secret in secrets:
        try:
            plain = jwe.decrypt_compact(sealed, _sealing(secret)).plaintext
        except JoseError:  # sealed under another of our secrets
            continue
        kind = RSAKey if algorithm == "RS256" else ECKey
        return kind.import_key(json.loads(plain or b""))
    raise LostKey(f"{kid} cannot be opened: put the former SECRET_KEY behind the new one.")


def _sealing(secret: str) -> OctKey:
    return OctKey.import_key(hmac.digest(secret.encode(), b"signing keys", hashlib.sha256))
