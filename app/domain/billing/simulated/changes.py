"""The transactions of the simulated biller, and what is told of each once it is committed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy.orm import Session

from app import outbox
from app.db import Database
from app.domain.billing.simulated import notices, rows
from app.kit import clock
from app.models.payments import SimulatedObject

_OWNER = "simulated biller"  # of the notices it hands over itself


class Changes:
    """Short transactions of its own: never to be opened inside another one that writes."""

    def __init__(
        self, database: Database, keys: Sequence[str], deliver: Callable[[bytes, str], None]
    ) -> None:
        self._database = database
        self._keys = keys
        self._deliver = deliver

    @contextmanager
    def changing(self) -> Iterator[Session]:
        """One change; its notices are handed over after the commit."""
        with self._database.transaction() as session:
            yield session
        self._tell(session.info.pop(outbox.RECORDED, ()))

    @contextmanager
    def held(self, kind: str, id_: str) -> Iterator[tuple[Session, SimulatedObject]]:
        """A change of one object."""
        with self.changing() as session:
            yield session, rows.held(session, kind, id_)

    @contextmanager
    def seen(self, kind: str, id_: str) -> Iterator[SimulatedObject]:
        """A look at one object."""
        with self._database.reading() as session:
            yield rows.found(session, kind, id_)

    def hand_over(self, payload: dict[str, Any]) -> None:
        """Sign a notice and bring it to our webhook; it may be brought again and again."""
        self._deliver(*notices.signed(payload, self._keys, clock.now()))

    def _tell(self, parcels: Sequence[outbox.Parcel]) -> None:
        """Do that work as a worker would; should we die over it, a worker does it later."""
        if not parcels:
            return
        now, kinds = clock.now(), (notices.WORK,)
        with self._database.transaction() as session:
            claims = [outbox.claim(session, each, _OWNER, kinds, now) for each, _ in parcels]
        taken = [claim for claim in claims if claim is not None]
        for claim in taken:
            self.hand_over(claim.payload)
        with self._database.transaction() as session:
            for claim in taken:
                outbox.finish(session, claim, clock.now())
