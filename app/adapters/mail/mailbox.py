"""Keeps mail instead of sending it, sealed: its links are secrets, and our rows hold none."""

import hashlib
from typing import NamedTuple

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from app.db import Database
from app.domain import mailbox
from app.domain.post import Mail
from app.kit import clock

_HEADER = {"alg": "dir", "enc": "A256GCM"}


class Read(NamedTuple):
    """A mail as the mailbox shows it."""

    recipient: str
    subject: str
    body: str
    sent_at: str


class Mailbox:
    """The mailbox of development, readable by whoever has the installation's secret."""

    def __init__(self, database: Database, keys: tuple[str, ...]) -> None:
        self._database = database
        self._keys = [_key(each) for each in keys]

    def send(self, mail: Mail) -> None:
        """Keep a mail."""
        sealed = jwe.encrypt_compact(_HEADER, mail.body, self._keys[0])
        with self._database.transaction() as session:
            mailbox.keep(session, mail.recipient, mail.subject, sealed, clock.now())

    def read(self, recipient: str = "") -> list[Read]:
        """What was sent, newest first, to one address or to all."""
        with self._database.reading() as session:
            kept = mailbox.listed(session, recipient)
        return [
            Read(each.recipient, each.subject, self._opened(each.sealed), clock.iso(each.sent_at))
            for each in kept
        ]

    def _opened(self, sealed: str) -> str:
        for key in self._keys:
            try:
                found = jwe.decrypt_compact(sealed, key).plaintext
            except JoseError:
                continue
            return (found or b"").decode()
        return "Sealed under a secret that is gone."


def _key(secret: str) -> OctKey:
    return OctKey.import_key(hashlib.sha256(f"polis mailbox\0{secret}".encode()).digest())
