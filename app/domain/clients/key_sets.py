"""Public keys that others publish: kept a day, and fetched anew for a key we do not know.

Whoever makes up key ids makes us fetch once in a while, across all processes, and no more.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, update

from app.db import Database, changed, insert
from app.domain.clients.known import KnownClient
from app.domain.fetching import Fetcher, NotFetched, as_object
from app.models.clients import KeySet

KEPT = timedelta(days=1)
AGAIN_OF_CLIENT = timedelta(minutes=1)
SECONDS = 5.0

Wanted = Callable[[dict[str, Any]], bool]


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
    ) -> dict[str, Any] | None:
        """What is published at an address, fetched anew where what is wanted is not in it."""
        kept = self._kept(address, now)
        if kept is not None and wanted(kept):
            return kept
        if not self._has_turn(address, now, again):
            return kept
        try:
            body = as_object(self._fetcher.get(address, seconds=SECONDS).body)
        except (NotFetched, ValueError):  # what is kept stays
            return kept
        with self._database.transaction() as session:
            mine = KeySet.address == address
            session.execute(update(KeySet).where(mine).values(body=body, fetched_at=now))
        return body

    def _kept(self, address: str, now: datetime) -> dict[str, Any] | None:
        with self._database.reading() as session:
            row = session.get(KeySet, address, populate_existing=True)
        if row is None or row.fetched_at is None or row.fetched_at + KEPT < now:
            return None
        body: dict[str, Any] = row.body
        return body

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
