"""Logos of verified clients: fetched once, drawn anew, served by us.

No page of ours loads a picture from elsewhere: its owner would learn who looks at it, and when.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from app.db import Database, changed, insert
from app.domain.clients import find
from app.domain.fetching import Fetcher, NotFetched
from app.models.clients import ClientLogo

PICTURES = ("image/png", "image/jpeg", "image/webp", "image/gif")
MOST_BYTES = 1024 * 1024
AGAIN = timedelta(days=1)  # where there was no picture
SECONDS = 5.0

Draw = Callable[[bytes], bytes | None]


class Logos:
    """The logos of one installation; never ask inside a transaction."""

    def __init__(self, database: Database, fetcher: Fetcher, draw: Draw) -> None:
        self._database = database
        self._fetcher = fetcher
        self._draw = draw

    def png(self, client_row_id: str, now: datetime) -> bytes | None:
        """A client's logo; fetched by the first who asks, while the others see none."""
        with self._database.reading() as session:
            client = find.by_row_id(session, client_row_id)
            kept = session.get(ClientLogo, client_row_id, populate_existing=True)
        source = client.links.get("logo_uri") if client is not None and client.verified else None
        if source is None:
            return None
        if kept is not None and kept.png is not None and kept.source == source:
            return kept.png
        with self._database.transaction() as session:
            if not _has_turn(session, client_row_id, source, now):
                return None
        return self._fetched(client_row_id, source)

    def _fetched(self, client_row_id: str, source: str) -> bytes | None:
        try:
            file = self._fetcher.get(
                source, accept=PICTURES, most_bytes=MOST_BYTES, seconds=SECONDS, redirects=3
            ).body
        except NotFetched:  # its tile shows a letter, as without a logo
            return None
        png = self._draw(file)
        with self._database.transaction() as session:
            mine = ClientLogo.client_id == client_row_id, ClientLogo.source == source
            session.execute(update(ClientLogo).where(*mine).values(png=png))
        return png


def _has_turn(session: Session, client_row_id: str, source: str, now: datetime) -> bool:
    values = {"source": source, "png": None, "tried_at": now}
    due = or_(ClientLogo.source != source, ClientLogo.tried_at <= now - AGAIN)
    statement = (
        insert(session, ClientLogo)
        .values(client_id=client_row_id, **values)
        .on_conflict_do_update(index_elements=["client_id"], set_=values, where=due)
    )
    return changed(session, statement) == 1
