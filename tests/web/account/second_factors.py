"""Second factors as tests set them, and a device that holds passkeys without being one."""

import hashlib
import json
import os
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import timedelta

import cbor2
import pyotp
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from app.domain.factors import having, recovery, totp
from app.kit import clock
from tests.tools.installation import Installation

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def anywhere() -> str:
    """An address nobody else comes from: guesses are counted by network, and never not."""
    return f"10.{os.urandom(1)[0]}.{os.urandom(1)[0]}.{1 + os.urandom(1)[0] % 250}"


def with_app(polis: Installation, user_id: str) -> str:
    """Give somebody an authenticator app; gives its seed. The code of now is not spent by it."""
    seed, keys = pyotp.random_base32(), polis.services.links.keys
    with polis.services.transaction() as session:
        code = code_of(seed, -1)
        assert totp.add(session, user_id, seed, code, keys, clock.now())
    return seed


def with_codes(polis: Installation, user_id: str) -> list[str]:
    """Give somebody recovery codes."""
    with polis.services.transaction() as session:
        assert having.is_set(session, user_id)
        return recovery.make(session, user_id, clock.now())


def code_of(seed: str, off: int = 0) -> str:
    """What an app shows, now or some half minutes away."""
    return pyotp.TOTP(seed).at(clock.now() + off * timedelta(seconds=30))


@dataclass
class Device:
    """A device with one passkey at most; flags and counter are what a test wants them to be."""

    origin: str
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    credential_id: bytes = field(default_factory=lambda: os.urandom(32))
    count: int = 0
    handle: bytes = b""
    flags: int = PRESENT | VERIFIED

    @property
    def host(self) -> str:
        return self.origin.partition("//")[2].partition(":")[0]

    def make(self, options: dict) -> str:
        """Answer to being asked for a passkey."""
        self.handle = decoded(options["user"]["id"])
        numbers = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        attested = bytes(16) + struct.pack(">H", len(self.credential_id)) + self.credential_id
        data = self._data(self.flags | ATTESTED) + attested + cbor2.dumps(cose)
        statement = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        told = self._told("webauthn.create", options)
        return self._answer(clientDataJSON=told, attestationObject=statement)

    def answer(self, options: dict, **changed: bytes) -> str:
        """Answer to being asked to sign in."""
        self.count += 1
        data, told = self._data(self.flags), self._told("webauthn.get", options)
        signed = self.key.sign(data + hashlib.sha256(told).digest(), ec.ECDSA(hashes.SHA256()))
        facts = {
            "clientDataJSON": told,
            "authenticatorData": data,
            "signature": signed,
            "userHandle": self.handle,
        }
        return self._answer(**(facts | changed))

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + struct.pack(">BI", flags, self.count)

    def _told(self, kind: str, options: dict) -> bytes:
        facts = {"type": kind, "challenge": options["challenge"], "origin": self.origin}
        return json.dumps(facts).encode()

    def _answer(self, **response: bytes) -> str:
        name = encoded(self.credential_id)
        said = {each: encoded(value) for each, value in response.items() if value}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": said})


def encoded(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(f"{text}===")
