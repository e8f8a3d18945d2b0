"""Last uses are written by a thread whose work nobody cuts off."""

from contextlib import contextmanager
from dataclasses import replace
from threading import Event, Timer

from sqlalchemy import select

from app.kit import clock
from app.models.credentials import ApiKey
from app.web.last_use import LastUse
from tests.factories import member


class HeldDatabase:
    """A real database whose writers wait until they are let in."""

    def __init__(self, database) -> None:
        self._database = database
        self.entered, self.let_in = Event(), Event()
        self.written = 0

    @contextmanager
    def transaction(self):
        self.entered.set()
        assert self.let_in.wait(30)
        with self._database.transaction() as session:
            yield session
        self.written += 1


def test_the_end_waits_for_what_is_being_written(services):
    held, who = HeldDatabase(services.database), member(services)
    uses = LastUse(replace(services, database=held), every_s=0.001)
    uses.note(who.key_id, "192.0.2.1", clock.now())
    assert held.entered.wait(30)
    Timer(0.2, held.let_in.set).start()
    uses.stop()
    assert held.written == 1
    with services.database.reading() as session:
        assert session.scalar(select(ApiKey.last_used_at).where(ApiKey.id == who.key_id))
