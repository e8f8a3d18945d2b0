"""GitHub as a signer of messages; and the sample its documentation published."""

import base64
import json
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

URL = "https://github.com/octocat/Hello-World/blob/main/config.py"

# Published with docs.github.com's page on the partner program.
SAMPLE_ID = "90a421169f0a406205f1563a953312f0be898d3c7b6c06b681aa86a874555f4a"
SAMPLE_BODY = b'[{"token":"some_token","type":"some_type","url":"some_url"}]'
SAMPLE_SIGNATURE = "MEUCIQDKZokqnCjrRtw0tni+2Ltvl/uiMJ1EGumEsp1BsNr32AIgQY1YXD2nlj+XNfGK4rBfkMJ1JDOQcYXxa2sY8FNkrKc="
SAMPLE_KEY = """-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE9MJJHnMfn2+H4xL4YaPDA4RpJqUq
kCmRCBnYERxZanmcpzQSXs1X/AljlKkbJ8qpVIW4clayyef9gWhFbNHWAA==
-----END PUBLIC KEY-----
"""


class GitHub:
    """Signs with a key of its own on a curve, by default the one it really uses."""

    def __init__(self, id_: str = "key-1", curve: ec.EllipticCurve | None = None) -> None:
        self.id = id_
        self._key = ec.generate_private_key(curve or ec.SECP256R1())

    @property
    def pem(self) -> str:
        public = self._key.public_key()
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        return public.public_bytes(serialization.Encoding.PEM, form).decode()

    def signature(self, body: bytes) -> str:
        return base64.b64encode(self._key.sign(body, ec.ECDSA(hashes.SHA256()))).decode()

    def headers(self, body: bytes, **more: str) -> dict[str, str]:
        return {
            "Content-Type": "application/json",
            "Github-Public-Key-Identifier": self.id,
            "Github-Public-Key-Signature": self.signature(body),
        } | more


def published(*keys: GitHub) -> dict[str, Any]:
    """The document of GitHub's public keys, the sample's among them."""
    listed = [(key.id, key.pem) for key in keys] + [(SAMPLE_ID, SAMPLE_KEY)]
    return {
        "public_keys": [
            {"key_identifier": id_, "key": pem, "is_current": True} for id_, pem in listed
        ]
    }


def message(*tokens: str, **more: Any) -> bytes:
    matches = [
        {"token": token, "type": "polis_secret", "url": URL, "source": "content"} | more
        for token in tokens
    ]
    return json.dumps(matches).encode()
