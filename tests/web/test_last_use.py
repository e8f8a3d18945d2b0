"""Last uses are written by a thread whose work nobody cuts off."""

from contextlib import contextmanager
from dataclasses import replace
from threading import Event, Timer

from sqlalchemy import event, select

from app.kit import clock
from app.models.credentials import ApiKey
from app.web import create_app
from app.web.last_use import LastUse
from tests.factories import member
from tests.tools.agent import Agent


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


def test_a_thousand_uses_of_a_key_never_wait_for_who_writes_them_and_are_one_write(services):
    held, who = HeldDatabase(services.database), member(services)
    uses = LastUse(replace(services, database=held), every_s=0.001)
    uses.note(who.key_id, "192.0.2.1", clock.now())
    assert held.entered.wait(30)
    for _ in range(1000):  # whoever waited for the writer would wait for ever
        uses.note(who.key_id, "192.0.2.1", clock.now())
    uses._stopped.set()
    with _written(services.database, "api_keys") as updates:
        held.let_in.set()
        uses.stop()
    assert held.written == 2
    assert len(updates) == 2 * held.written, "a count and a moment each"
    with services.database.reading() as session:
        assert session.scalar(select(ApiKey.requests).where(ApiKey.id == who.key_id)) == 1001


def test_calls_are_answered_while_their_last_use_is_being_written(services):
    held, who = HeldDatabase(services.database), member(services)
    app = create_app(services)
    uses = app.extensions["polis_last_use"]
    uses._services, uses._every_s = replace(services, database=held), 0.001
    agent = Agent(app, who)
    first = agent.call("polis_account")
    assert held.entered.wait(30)
    assert agent.call("polis_account") == first
    held.let_in.set()
    uses.stop()
    assert held.written


@contextmanager
def _written(database, table):
    """The statements that change a table while the block runs."""
    seen = []

    def see(_connection, _cursor, statement, *_):
        if statement.startswith(f"UPDATE {table} "):
            seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", see)
    yield seen
    event.remove(database.engine, "before_cursor_execute", see)
