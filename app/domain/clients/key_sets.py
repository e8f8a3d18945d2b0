"""Public keys that others publish: kept a day, and fetched anew for a key we do not know.

Where they cannot be fetched the old ones are good for a week, as a client's document is.
Whoever makes up key ids makes us fetch once in a while, across all processes, and no more.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, delete, update
from sqlalchemy.orm import Session

from app.db import Database, changed, insert
from app.domain.clients.documents import STALE
from app.domain.clients.known import KnownClient
from app.domain.clients.refusals import KeysAway
from app.domain.fetching import Fetcher, NotFetched, as_object
from app.models.clients import KeySet

FRESH = timedelta(days=1)
UNASKED = timedelta(days=30)  # a set in use is tried every day
AGAIN_OF_CLIENT = timedelta(minutes=1)
SECONDS = 5.0

Wanted = Callable[[dict[str, Any]], bool]


class _Kept(NamedTuple):
    """A set as it was last fetched."""

    body: dict[str, Any]
    fetched_at: datetime


class KeySets:
    """Key sets by the address they are published at; never ask inside a transaction."""

    def __init__(self, database: Database, fetcher: Fetcher) -> None:
        self._database = database
        self._fetcher = fetcher

    def keys(self, client: KnownClient, kid: str | None, now: datetime) -> dict[str, Any] | None:
        """The keys a client signs with: its own set, else the one at its `jwks_uri`."""
        if client.jwks is not None or client.jwks_uri is None:
            return client.jwks
        return self.published(
            client.jwks_uri, now, wanted=lambda found: has_key(found, kid), again=AGAIN_OF_CLIENT
        )

    def published(
        self, address: str, now: datetime, *, wanted: Wanted, again: timedelta
    ) -> dict[str, Any]:
        """What is published at an address, fetched anew where what is wanted is not in it."""
        row = self._kept(address, now)
        if row is not None and now <= row.fetched_at + FRESH and wanted(row.body):
            return row.body
        found = self._fetched(address) if self._has_turn(address, now, again) else None
        if found is not None:
            with self._database.transaction() as session:
                mine = KeySet.address == address
                session.execute(update(KeySet).where(mine).values(body=found, fetched_at=now))
            return found
        if row is None:  # an outage, or another's turn
            raise KeysAway(int(again.total_seconds()))
        return row.body

    def _fetched(self, address: str) -> dict[str, Any] | None:
        """What is there; None in an outage. Where it is gone, or is no set, there are no keys."""
        try:
            return as_object(self._fetcher.get(address, seconds=SECONDS).body)
        except NotFetched as error:
            return None if error.outage else {}
        except ValueError:
            return {}

    def _kept(self, address: str, now: datetime) -> _Kept | None:
        with self._database.reading() as session:
            row = session.get(KeySet, address, populate_existing=True)
        if row is None or row.fetched_at is None or row.fetched_at + STALE < now:
            return None
        return _Kept(row.body, row.fetched_at)

    def _has_turn(self, address: str, now: datetime, again: timedelta) -> bool:
        due: ColumnElement[bool] = KeySet.tried_at <= now - again
        with self._database.transaction() as session:
            statement = (
                insert(session, KeySet)
                .values(address=address, tried_at=now)
                .on_conflict_do_update(
                    index_elements=["address"], set_={"tried_at": now}, where=due
                )
            )
            return changed(session, statement) == 1


def has_key(found: dict[str, Any], kid: str | None) -> bool:
    """Whether a JWKS holds the key of an id; without one, any key will do."""
    keys = found.get("keys")
    if not isinstance(keys, list):
        return False
    return any(isinstance(key, dict) and kid in (None, key.get("kid")) for key in keys)


def forget_old(session: Session, now: datetime) -> int:
    """Drop the sets nobody has asked for lately."""
    return changed(session, delete(KeySet).where(KeySet.tried_at < now - UNASKED))
