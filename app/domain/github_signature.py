"""A signature of GitHub's: ECDSA on P-256 over SHA-256 of the raw body, base64 of DER."""

import base64

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key


def fits(body: bytes, signature: str, pem: str) -> bool:
    """Whether the holder of a key signed exactly these bytes."""
    try:
        public = load_pem_public_key(pem.encode())
        if not isinstance(public, ec.EllipticCurvePublicKey):
            return False
        public.verify(base64.b64decode(signature, validate=True), body, ec.ECDSA(SHA256()))
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return False
    return isinstance(public.curve, ec.SECP256R1)
