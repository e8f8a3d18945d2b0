"""Starts runs, comparisons and questions as the tools do, each in a transaction of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from app.bootstrap import Services
from app.domain.callers import Caller
from app.domain.runs import ask, start
from app.domain.runs.ask import Asked, Question
from app.domain.runs.order import Order
from app.domain.runs.start import Panelist, Started
from app.kit import clock
from app.models.runs import Comparison, Run

PANELIST = Panelist("embedded", "1")


def order(personas: int = 10, detail: str = "snapshot", content: str = "Hello", **more) -> Order:
    return Order("text", content, personas, detail, **more)


def begin(
    services: Services, caller: Caller, wanted: Order | None = None, now: datetime | None = None
) -> Started:
    with services.transaction() as session:
        return start.start(
            session, caller, wanted or order(), PANELIST, now=now or clock.now(), request_id="req"
        )


def compare(services: Services, caller: Caller, *orders: Order) -> Started:
    with services.transaction() as session:
        return start.start_comparison(
            session, caller, orders, PANELIST, now=clock.now(), request_id="req"
        )


def put(services: Services, caller: Caller, question: Question) -> Asked:
    with services.transaction() as session:
        return ask.ask(session, caller, question, now=clock.now(), request_id="req")


@contextmanager
def reading(services: Services, handle: str) -> Iterator[Run | Comparison]:
    """The run or comparison a handle names, as it is now."""
    with services.database.reading() as session:
        yield session.get_one(Comparison if handle.startswith("cmp_") else Run, handle)
