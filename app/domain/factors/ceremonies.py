"""Making a passkey and answering with one (WebAuthn): what a browser is asked, and what it proves.

Reading an answer costs arithmetic, so none of it happens inside a transaction.
"""

import json
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from app.domain.factors.passkeys import Held, New
from app.errors import InvalidInput

_NAME = "Polis"
_WAIT_MS = 300_000  # as long as a challenge lives
_LONGEST = 20_000  # characters of an answer; a real one has some 1,500


class Party(NamedTuple):
    """Who asks for a passkey: the origin of a page, and the host passkeys are bound to."""

    origin: str
    host: str

    @property
    def has_passkeys(self) -> bool:
        """Browsers bind no passkey to a bare address of the network."""
        try:
            ip_address(self.host)
        except ValueError:
            return True
        return False


class Answer(NamedTuple):
    """A browser's answer, read but not yet believed."""

    challenge: bytes
    credential_id: bytes
    handle: str  # whose passkey the device says it is
    body: dict[str, Any]


class NotProved(InvalidInput):
    """The answer proves nothing."""


def party(base: str) -> Party:
    """We, under a base address."""
    return Party(base, urlsplit(base).hostname or "")


def asked_to_make(
    us: Party, user_id: str, email: str, challenge: bytes, known: Sequence[bytes]
) -> str:
    """What a browser is handed to make a passkey for somebody; those it has are left out."""
    import webauthn  # noqa: PLC0415 # 90 ms most processes need not pay at their start
    from webauthn.helpers import structs  # noqa: PLC0415 # as above

    options = webauthn.generate_registration_options(
        rp_id=us.host,
        rp_name=_NAME,
        user_id=user_id.encode(),
        user_name=email,
        challenge=challenge,
        timeout=_WAIT_MS,
        exclude_credentials=[structs.PublicKeyCredentialDescriptor(id=each) for each in known],
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
    )
    return webauthn.options_to_json(options)


def asked_to_answer(us: Party, challenge: bytes, allowed: Sequence[bytes] = ()) -> str:
    """What a browser is handed to answer with a passkey: any of ours, or one of those allowed."""
    import webauthn  # noqa: PLC0415 # as above
    from webauthn.helpers import structs  # noqa: PLC0415 # as above

    options = webauthn.generate_authentication_options(
        rp_id=us.host,
        challenge=challenge,
        timeout=_WAIT_MS,
        allow_credentials=[structs.PublicKeyCredentialDescriptor(id=each) for each in allowed],
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    )
    return webauthn.options_to_json(options)


def read(sent: str) -> Answer:
    """A browser's answer, as far as it can be read."""
    from webauthn.helpers import base64url_to_bytes  # noqa: PLC0415 # as above

    try:
        body = json.loads(sent if len(sent) <= _LONGEST else "")
        told = json.loads(base64url_to_bytes(body["response"]["clientDataJSON"]))
        challenge = base64url_to_bytes(told["challenge"])
        handle = base64url_to_bytes(body["response"].get("userHandle") or "").decode()
        return Answer(challenge, base64url_to_bytes(body["id"]), handle, body)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise _not_proved() from None


def made(us: Party, answer: Answer) -> New:
    """The passkey a browser has made, its owner's finger, face or code checked by the device."""
    import webauthn  # noqa: PLC0415 # as above

    with _believed():
        done = webauthn.verify_registration_response(
            credential=answer.body,
            expected_challenge=answer.challenge,
            expected_rp_id=us.host,
            expected_origin=us.origin,
            require_user_verification=True,
        )
    synced = bool(done.credential_backed_up)
    return New(done.credential_id, done.credential_public_key, done.sign_count, synced)


def proved(us: Party, answer: Answer, held: Held) -> int:
    """That whoever answers has the passkey and unlocked it; gives its counter."""
    import webauthn  # noqa: PLC0415 # as above

    if answer.handle and answer.handle != held.user_id:
        raise _not_proved()
    with _believed():
        done = webauthn.verify_authentication_response(
            credential=answer.body,
            expected_challenge=answer.challenge,
            expected_rp_id=us.host,
            expected_origin=us.origin,
            credential_public_key=held.public_key,
            credential_current_sign_count=held.sign_count,
            require_user_verification=True,
        )
    return done.new_sign_count


@contextmanager
def _believed() -> Iterator[None]:
    """Whatever does not fit is refused in one sentence."""
    from cryptography import exceptions as arithmetic  # noqa: PLC0415 # as above
    from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415 # as above

    try:
        yield
    except (
        WebAuthnException,
        arithmetic.InvalidSignature,
        arithmetic.UnsupportedAlgorithm,
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        struct.error,
    ) as error:
        raise _not_proved() from error


def _not_proved() -> NotProved:
    return NotProved("This passkey did not work.", hint="Try again.", field="passkey")
