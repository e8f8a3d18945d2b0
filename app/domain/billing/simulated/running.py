"""Subscriptions: how they begin, go on, change and end. Their customer is held by the caller."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.billing.records import Line, Preview
from app.domain.billing.simulated import money, notices, prices, reckoning, rows, shapes
from app.domain.billing.simulated.money import Billed
from app.domain.billing.simulated.reckoning import Term
from app.errors import Conflict
from app.kit import clock, ids
from app.models.payments import SimulatedObject


def begin(
    session: Session, customer: SimulatedObject, plan: str, checkout_id: str, now: datetime
) -> tuple[str, Billed]:
    """A first month, paid."""
    its, id_ = reckoning.begun(plan, now), ids.new("sub")
    facts = {"checkout_id": checkout_id, "status": shapes.ACTIVE, "ended_at": None}
    body = facts | shapes.term_body(its)
    rows.add_once(session, rows.SUBSCRIPTION, id_, customer.id, body, now, due=its.end)
    notices.record(session, "customer.subscription.created", "subscription", id_, now)
    lines = [reckoning.month_line(its)]
    return id_, money.bill(session, customer, lines, now, subscription_id=id_)


def preview(row: SimulatedObject, plan: str, at: datetime) -> Preview:
    """What `change_now` would bill for the same moment, and what the next month costs."""
    its = None if row.due_at is None else reckoning.at(shapes.term(row), at)
    if its is None:
        raise _over()
    lines = [] if plan == its.plan else reckoning.change_lines(its, plan, at)
    month = prices.usd_micros(prices.of(f"plan:{plan}"))
    return Preview(reckoning.total(lines), month, reckoning.within(its, at), its.end)


def change_now(
    session: Session, row: SimulatedObject, plan: str, at: datetime, now: datetime
) -> None:
    """Go on with another plan for the rest of the period, and pay the difference."""
    at = min(at, now)
    its = _running(session, row, at)
    if plan != its.plan:
        _bill(session, row, reckoning.change_lines(its, plan, at), now)
    _keep(session, row, its, replace(its, plan=plan, next_plan=None, ends=False), now)


def change_at_end(session: Session, row: SimulatedObject, plan: str, now: datetime) -> None:
    """Go on with another plan from the next period on."""
    its = _running(session, row, now)
    chosen = None if plan == its.plan else plan
    _keep(session, row, its, replace(its, next_plan=chosen, ends=False), now)


def end_at_end(session: Session, row: SimulatedObject, now: datetime) -> None:
    """Let it end with its period; what has ended stays as it is."""
    catch_up(session, row, now)
    if row.due_at is not None:
        its = shapes.term(row)
        _keep(session, row, its, replace(its, next_plan=None, ends=True), now)


def keep(session: Session, row: SimulatedObject, now: datetime) -> None:
    """Let it go on as it is."""
    its = _running(session, row, now)
    _keep(session, row, its, replace(its, next_plan=None, ends=False), now)


def end_now(session: Session, row: SimulatedObject, now: datetime, *, refund: bool) -> None:
    """End it, bill the overage that was used, and give back what its running period cost."""
    catch_up(session, row, now)
    if row.due_at is None:
        return
    its = shapes.term(row)
    _end(session, row, its, now, made_at=now)
    if refund:
        _refund(session, row, its, now)


def use(session: Session, customer_id: str, tokens: int, at: datetime, now: datetime) -> None:
    """Put overage on the next invoice of the customer's subscription; without one it is nobody's.

    What was used after a period's end never gets onto the invoice of that period.
    """
    row = rows.living(session, customer_id)
    if row is not None and at >= shapes.term(row).end:  # its renewal only waits to be noticed
        catch_up(session, row, now)
    if row is not None and row.due_at is not None:
        rows.write(row, **shapes.term_body(shapes.term(row).using(tokens)))


def catch_up(session: Session, row: SimulatedObject, now: datetime) -> None:
    """Renew or end whatever has its time: one invoice for each month, in order."""
    while row.due_at is not None and row.due_at <= now:
        its = shapes.term(row)
        following = reckoning.renewed(its)
        if following is None:
            _end(session, row, its, now, made_at=its.end)
            return
        lines = [*reckoning.usage_lines(its), reckoning.month_line(following)]
        _bill(session, row, lines, now, made_at=its.end)
        _keep(session, row, its, following, now)


def _running(session: Session, row: SimulatedObject, now: datetime) -> Term:
    catch_up(session, row, now)
    if row.due_at is None:
        raise _over()
    return shapes.term(row)


def _over() -> Conflict:
    return Conflict("This subscription has ended.", hint="Choose a plan to begin a new one.")


def _keep(session: Session, row: SimulatedObject, old: Term, new: Term, now: datetime) -> None:
    if new != old:
        rows.write(row, **shapes.term_body(new))
        row.due_at = new.end
        notices.record(session, "customer.subscription.updated", "subscription", row.id, now)


def _end(
    session: Session, row: SimulatedObject, its: Term, now: datetime, *, made_at: datetime
) -> None:
    if lines := reckoning.usage_lines(its):
        _bill(session, row, lines, now, made_at=made_at)
    over = {"status": shapes.CANCELED, "ended_at": clock.milliseconds(made_at), "usage": {}}
    rows.write(row, **over)
    row.due_at = None
    notices.record(session, "customer.subscription.deleted", "subscription", row.id, now)


def _bill(
    session: Session,
    row: SimulatedObject,
    lines: list[Line],
    now: datetime,
    *,
    made_at: datetime | None = None,
) -> None:
    customer = session.get_one(SimulatedObject, row.customer_id)
    money.bill(session, customer, lines, now, made_at=made_at, subscription_id=row.id)


def _refund(session: Session, row: SimulatedObject, its: Term, now: datetime) -> None:
    """The plan's lines alone: overage was used, whatever becomes of the plan."""
    for kept in rows.of_customer(session, row.customer_id, rows.INVOICE):
        invoice = shapes.invoice(kept)
        if invoice.subscription_id != row.id or invoice.payment_id is None:
            continue
        lines = [line for line in invoice.lines if line.end > its.start and _of_plan(line)]
        payment = rows.found(session, rows.PAYMENT, invoice.payment_id)
        amount = min(reckoning.total(lines), money.left_of(payment))
        if amount > 0:
            money.refund(session, payment, amount, ids.new("re"), now)


def _of_plan(line: Line) -> bool:
    return prices.plan_of([line.price_id or ""]) is not None
