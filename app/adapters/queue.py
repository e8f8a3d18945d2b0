"""huey as courier: it carries ids of work rows and nothing else. Losing it loses nothing."""

import json
import sqlite3
import threading
from collections.abc import Callable, Sequence
from typing import Any

import psycopg
from huey.api import Huey
from huey.registry import Message
from huey.serializer import Serializer
from huey.storage import BaseStorage, PostgresStorage, PriorityRedisStorage, SqliteStorage
from redis import RedisError
from sqlalchemy import make_url

from app.kit import logs
from app.outbox import Parcel

AWAY = (sqlite3.Error, psycopg.Error, RedisError, OSError)  # how each store says so

_NAME = "polis"
_TASK = f"{__name__}.deliver"  # the one task there is, by huey's name for it
_LOW = -1  # taken when nothing of the usual 0 is left
_log = logs.logger("queue")


class JsonSerializer(Serializer):  # type: ignore[misc] # huey ships no types
    """A message is `{"work": <id>}`; what does not parse is dropped, and never unpickled."""

    def __init__(self, task: str) -> None:
        super().__init__()
        self._task = task

    def serialize(self, data: Message) -> bytes:
        return json.dumps({"work": data.args[0]}).encode()

    def deserialize(self, data: bytes) -> Message:
        message = json.loads(bytes(data))
        work = message["work"]
        if not isinstance(work, str) or len(message) != 1:
            raise ValueError("not one of our messages")
        return Message(id=work, name=self._task, retries=0, retry_delay=0, args=(work,), kwargs={})


class _Carrier(Huey):  # type: ignore[misc] # huey ships no types
    """A huey without revocation and with one task: the rows decide what may run."""

    dropped = 0
    _is_away = False
    _closing = threading.Lock()

    def is_revoked(self, *_: object, **__: object) -> bool:
        return False

    def dequeue(self) -> Any:
        """The next message; rubbish is counted and dropped, and a queue that is away is empty."""
        try:
            task = super().dequeue()
            self._tell_away(None)
        except AWAY as error:
            self._tell_away(error)
            self.let_go()  # what was opened while nothing could be written stays so
            return None
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            self.dropped += 1
            _log.warning("queue.message_dropped", dropped=self.dropped, why=type(error).__name__)
            return None
        return task

    def let_go(self) -> None:
        """Close the connection; the next look or message opens one anew."""
        with self._closing:  # two at once would meet a connection that is gone
            self.storage.close()

    def _tell_away(self, error: Exception | None) -> None:
        """Say that it went and that it came back, not each of ten looks a second."""
        if error is not None and not self._is_away:
            _log.error("queue.away", exc_info=error)
        elif error is None and self._is_away:
            _log.info("queue.back")
        self._is_away = error is not None


class Queue:
    """Sends ids of work rows to whichever worker takes them."""

    def __init__(self, url: str, database_url: str) -> None:
        self._deliver: Callable[[str], None] = _nobody
        self._carrier = _Carrier(
            _NAME,
            results=False,
            serializer=JsonSerializer(_TASK),
            storage_class=lambda name, **_: _storage(name, url or database_url),
        )
        self._task = self._carrier.task(name="deliver")(self._delivered)

    def send(self, parcels: Sequence[Parcel]) -> None:
        """Hand ids over; whoever gets them asks the row what to do."""
        try:
            for work_id, low in parcels:
                self._task(work_id, priority=_LOW if low else None)
        except AWAY:
            self._carrier.let_go()
            raise

    def close(self) -> None:
        """Let go of the queue's connections."""
        self._carrier.let_go()

    def consume(self, deliver: Callable[[str], None], *, stop_within_s: int) -> None:
        """Deliver ids until SIGTERM or SIGINT; what is being delivered then is finished first."""
        self._deliver = deliver
        self._carrier.create_consumer(
            workers=1,
            periodic=False,
            initial_delay=0.03,
            backoff=1.1,
            max_delay=0.1,
            scheduler_interval=60,
            shutdown_timeout=stop_within_s,
            graceful_signal="TERM",
        ).run()

    def _delivered(self, work_id: str) -> None:
        self._deliver(work_id)


def _nobody(work_id: str) -> None:
    raise RuntimeError(f"{work_id} was delivered to a process that only sends")


def _storage(name: str, url: str) -> BaseStorage:
    """Beside the database, in the same PostgreSQL, or in Redis."""
    if url.startswith(("redis:", "rediss:", "unix:")):
        return PriorityRedisStorage(name, url=url)
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return SqliteStorage(name, filename=f"{parsed.database}-queue", timeout=10)
    dsn = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
    return PostgresStorage(name, dsn=dsn, table_prefix="huey")
