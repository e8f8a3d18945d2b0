"""The simulated biller's memory: its objects are rows, and a customer's change one at a time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import changed, insert
from app.domain.billing.biller import NoSuchObject
from app.kit import clock
from app.models.payments import SimulatedObject

CUSTOMER, CHECKOUT, SUBSCRIPTION = "customer", "checkout", "subscription"
INVOICE, PAYMENT, USAGE = "invoice", "payment", "usage"


def found(session: Session, kind: str, id_: str) -> SimulatedObject:
    """An object to look at."""
    row = session.get(SimulatedObject, id_)
    if row is None or row.kind != kind:
        raise NoSuchObject(f"There is no such {kind}.")
    return row


def held(session: Session, kind: str, id_: str) -> SimulatedObject:
    """An object to change; nobody else changes anything of its customer's until the commit."""
    row = found(session, kind, id_)
    hold_customer(session, row.customer_id)
    session.refresh(row)  # it may have changed while we waited
    return row


def hold_customer(session: Session, customer_id: str) -> SimulatedObject:
    """A customer whose objects are about to change."""
    row = session.get(SimulatedObject, customer_id, with_for_update=True, populate_existing=True)
    if row is None or row.kind != CUSTOMER:
        raise NoSuchObject("There is no such customer.")
    return row


def add_once(
    session: Session,
    kind: str,
    id_: str,
    customer_id: str,
    body: dict[str, Any],
    now: datetime,
    due: datetime | None = None,
) -> bool:
    """Keep a new object; False where there is one by this id already."""
    values = {"id": id_, "kind": kind, "customer_id": customer_id, "body": body}
    statement = (
        insert(session, SimulatedObject)
        .values(**values, due_at=due, created_at=now)
        .on_conflict_do_nothing(index_elements=["id"])
    )
    return changed(session, statement) == 1


def use_once(
    session: Session, customer_id: str, tokens: int, entry_id: str, at: datetime, now: datetime
) -> bool:
    """Remember usage of a customer that is held from here on; False where it was told before."""
    hold_customer(session, customer_id)
    body = {"tokens": tokens, "at": clock.milliseconds(at)}
    return add_once(session, USAGE, f"use_{entry_id}", customer_id, body, now)


def write(row: SimulatedObject, **facts: Any) -> None:
    """Change some facts of an object; JSON is written anew as a whole."""
    row.body = {**row.body, **facts}


def of_customer(
    session: Session, customer_id: str, kind: str, most: int | None = None
) -> Sequence[SimulatedObject]:
    """A customer's objects of one kind, newest first."""
    statement = (
        select(SimulatedObject)
        .where(SimulatedObject.customer_id == customer_id, SimulatedObject.kind == kind)
        .order_by(SimulatedObject.created_at.desc(), SimulatedObject.id.desc())
        .limit(most)
    )
    return session.scalars(statement).all()


def living(session: Session, customer_id: str) -> SimulatedObject | None:
    """A customer's subscription that goes on; of two the one that was first."""
    rows = of_customer(session, customer_id, SUBSCRIPTION)
    return next((row for row in reversed(rows) if row.due_at is not None), None)


def due(session: Session, now: datetime, most: int) -> Sequence[tuple[str, str]]:
    """Kind and id of what has its time now, oldest first."""
    statement = (
        select(SimulatedObject.kind, SimulatedObject.id)
        .where(SimulatedObject.due_at <= now)
        .order_by(SimulatedObject.due_at)
        .limit(most)
    )
    return [(kind, id_) for kind, id_ in session.execute(statement)]
