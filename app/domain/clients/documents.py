"""Clients known by a metadata document: fetched, kept for a while, ended when it is gone.

Nothing here is fetched inside a transaction, and nobody's browser makes us fetch before its
person has signed in.
"""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import update

from app.db import Database, changed
from app.domain.clients import document_rows, document_text, find, shipped
from app.domain.clients.document_text import BadDocument, is_address
from app.domain.clients.known import KnownClient
from app.domain.fetching import Fetcher, NotFetched
from app.domain.limits import Limit
from app.domain.rates import Rates
from app.errors import InvalidInput, NotFound
from app.models.clients import ClientDocument

KEPT_LEAST, KEPT_MOST = timedelta(minutes=5), timedelta(hours=24)
STALE = timedelta(days=7)
SECONDS = 5.0

_KEPT = timedelta(hours=1)  # where its headers do not say
_TURN = timedelta(seconds=30)  # while one process fetches anew, the others go on with the old


class UnknownDocument(NotFound):
    """Nobody has fetched this address yet; it is fetched for a person who is signed in."""


class DocumentRefused(InvalidInput):
    """No client can be made of what is at this address."""


class Documents:
    """The metadata documents of one installation."""

    def __init__(
        self,
        database: Database,
        fetcher: Fetcher,
        rates: Rates,
        limit: Limit | None,
        own_host: str,
    ) -> None:
        self._database = database
        self._fetcher = fetcher
        self._rates = rates
        self._limit = limit  # None: not counted
        self._own_host = own_host

    @staticmethod
    def is_address(client_id: str) -> bool:
        """Whether a client id is the address of a document."""
        return is_address(client_id)

    def known(self, address: str, *, person_id: str | None, now: datetime) -> KnownClient:
        """The client a document describes; fetches it where it must, so never in a transaction."""
        if not is_address(address):
            raise DocumentRefused("This is not the address of a client's metadata document.")
        row, client = self._kept(address)
        if row is None or row.body is None:
            self._check_new(row, person_id, now)
        elif row.fresh_until > now or not self._has_turn(address, now):
            return _standing(row, client, now)
        self._fetch(address, now)
        return _standing(*self._kept(address), now)

    def _check_new(self, row: ClientDocument | None, person_id: str | None, now: datetime) -> None:
        """An address nothing is known of costs a fetch: it must be somebody's, and not too many."""
        if row is not None and row.fresh_until > now:
            raise _refusal(row)
        if person_id is None:
            raise UnknownDocument(
                "This app is not known here yet.", hint="Sign in, and it is looked up."
            )
        if self._limit is not None:
            self._rates.take(self._limit, f"person:{person_id}", now)

    def _fetch(self, address: str, now: datetime) -> None:
        try:
            got = self._fetcher.get(address, seconds=SECONDS)
        except NotFetched as error:
            if error.outage:
                self._go_without(address, error.sentence, now)
            else:
                self._end(address, error.sentence, now)
            return
        wanted = _KEPT if got.max_age_s is None else timedelta(seconds=min(got.max_age_s, 86400))
        keep_for = min(max(wanted, KEPT_LEAST), KEPT_MOST)
        self._keep(address, got.body, now, fetched_at=now, keep_for=keep_for)

    def _keep(
        self,
        address: str,
        body: bytes,
        now: datetime,
        *,
        fetched_at: datetime | None,
        keep_for: timedelta,
    ) -> None:
        try:
            found = document_text.read(address, body, self._own_host)
        except BadDocument as error:
            self._end(address, str(error), now)
            return
        digest = hashlib.sha256(body).digest()
        with self._database.transaction() as session:
            document_rows.keep(
                session,
                address,
                found,
                digest=digest,
                fetched_at=fetched_at,
                fresh_until=now + keep_for,
                now=now,
            )

    def _go_without(self, address: str, failure: str, now: datetime) -> None:
        """What was fetched stays for a while; where nothing ever was, a vendor's shipped copy."""
        row, _ = self._kept(address)
        copy = None if row is not None and row.fetched_at else shipped.copy_of(address, now)
        if copy is not None:
            self._keep(address, copy, now, fetched_at=None, keep_for=KEPT_LEAST)
            return
        with self._database.transaction() as session:
            document_rows.note_outage(session, address, failure, now + KEPT_LEAST, now)

    def _end(self, address: str, failure: str, now: datetime) -> None:
        with self._database.transaction() as session:
            document_rows.end_client(session, address, failure, now + KEPT_LEAST, now)

    def _has_turn(self, address: str, now: datetime) -> bool:
        mine = ClientDocument.address == address, ClientDocument.fresh_until <= now
        with self._database.transaction() as session:
            statement = update(ClientDocument).where(*mine).values(fresh_until=now + _TURN)
            return changed(session, statement) == 1

    def _kept(self, address: str) -> tuple[ClientDocument | None, KnownClient | None]:
        with self._database.reading() as session:
            row = session.get(ClientDocument, address, populate_existing=True)
            return row, find.by_client_id(session, address)


def _standing(row: ClientDocument | None, client: KnownClient | None, now: datetime) -> KnownClient:
    """The client as its document describes it, unless that is gone or too old."""
    if row is None or row.body is None or client is None or not _counts(row, now):
        raise _refusal(row)
    return client


def _counts(row: ClientDocument, now: datetime) -> bool:
    """Whether what is kept is young enough to be used."""
    if row.fetched_at is None:
        return shipped.copy_of(row.address, now) is not None
    return now <= row.fetched_at + STALE


def _refusal(row: ClientDocument | None) -> DocumentRefused:
    reason = (row and row.failure) or "It could not be fetched lately."
    return DocumentRefused(
        f"This app's metadata document cannot be used. {reason}",
        hint="Tell whoever makes the app.",
        reason=reason,
    )
