"""Does the work of a worker in this process, step by step."""

from dataclasses import replace

import time_machine
from sqlalchemy import select
from structlog.testing import capture_logs

from app.bootstrap import Services
from app.domain.ports import Engine
from app.kit import clock
from app.models.work import Work
from app.worker.delivery import Delivery
from tests.fakes import work_off


def with_engine(services: Services, engine: Engine) -> Services:
    """The same services with this panel engine."""
    return replace(services, engine=lambda: engine)


def deliver(services: Services, kind: str, number: int = 0, owner: str = "test-worker") -> None:
    """Do the n-th open piece of work of a kind."""
    Delivery(services, owner)(open_work(services, kind)[number])


def open_work(services: Services, kind: str | None = None) -> list[str]:
    """Ids of what has not ended, oldest first."""
    statement = select(Work.id).where(Work.ended_at.is_(None)).order_by(Work.key)
    if kind is not None:
        statement = statement.where(Work.kind == kind)
    with services.database.reading() as session:
        return list(session.scalars(statement))


def wear_out(services: Services) -> int:
    """Try what is open a minute later, and again, until it has ended; gives the deliveries."""
    with capture_logs(), time_machine.travel(clock.now(), tick=False) as traveller:
        count = work_off(services)  # captured: drawing each failure for people takes longest
        while open_work(services):
            traveller.shift(60)
            count += work_off(services)
    return count
