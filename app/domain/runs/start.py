"""Starts runs and comparisons: the whole price is held, what is to be done is written down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from app.db import afterwards
from app.domain import ledger
from app.domain.callers import Caller
from app.domain.runs import pausing, setting_off
from app.domain.runs.order import Order, batches_of, seed_of
from app.domain.tariff import panelist as panelists
from app.domain.tariff.panelist import Panelist
from app.kit import ids, meters
from app.models.runs import Batch, Comparison, Run


@dataclass(frozen=True, slots=True)
class Started:
    """What a start made: one run, or a comparison with a run per variant."""

    id: str
    run_ids: tuple[str, ...]
    tokens: int


def start(
    session: Session,
    caller: Caller,
    order: Order,
    panelist: Panelist,
    *,
    now: datetime,
    request_id: str,
) -> Started:
    """Start one run, or refuse and leave nothing behind."""
    run_id = ids.new("run")
    panelist = _seated(session, caller, panelist, [order], now)
    _hold(session, caller, order.tokens, cause_of(run_id), now)
    run = _write(session, caller, run_id, order, panelist, seed_of(order), now)
    setting_off.set_off(session, run_id, [run], now=now, request_id=request_id)
    return Started(run_id, (run_id,), order.tokens)


def start_comparison(
    session: Session,
    caller: Caller,
    orders: Sequence[Order],
    panelist: Panelist,
    *,
    now: datetime,
    request_id: str,
) -> Started:
    """Start one run per variant on the same panel and seed: one hold and one outcome."""
    panelist = _seated(session, caller, panelist, orders, now)
    comparison = Comparison(
        id=ids.new("cmp"),
        organization_id=caller.organization_id,
        book=caller.book,
        subject=caller.subject,
        user_id=caller.user_id,
        label=orders[0].label,
        created_at=now,
    )
    tokens = sum(order.tokens for order in orders)
    _hold(session, caller, tokens, cause_of(comparison.id), now)
    session.add(comparison)
    session.flush()
    seed = seed_of(*orders)
    runs = []
    for variant, order in enumerate(orders):
        run = _write(session, caller, ids.new("run"), order, panelist, seed, now)
        run.comparison_id, run.variant = comparison.id, variant
        runs.append(run)
    session.flush()
    setting_off.set_off(session, comparison.id, runs, now=now, request_id=request_id)
    return Started(comparison.id, tuple(run.id for run in runs), tokens)


def cause_of(handle: str) -> str:
    """The ledger's name for a run or comparison."""
    return f"{_CAUSES[handle.partition('_')[0]]}:{handle}"


def _seated(
    session: Session, caller: Caller, panelist: Panelist, orders: Sequence[Order], now: datetime
) -> Panelist:
    """Who plays for this caller, unless that would cost more than it earns."""
    chosen = panelists.chosen(panelist, caller)
    panelists.check(session, chosen, caller, orders, now)
    return chosen


def _hold(session: Session, caller: Caller, tokens: int, cause: str, now: datetime) -> None:
    pausing.refuse_while_paused(session, caller.organization_id, now)
    limits = [caller.spend_limit(now)]
    ledger.hold(session, caller.wallet, tokens, cause=cause, limits=limits, now=now)


def _write(
    session: Session,
    caller: Caller,
    run_id: str,
    order: Order,
    panelist: Panelist,
    seed: int,
    now: datetime,
) -> Run:
    run = _row(caller, run_id, order, panelist, seed, now)
    session.add(run)
    afterwards(session, partial(meters.RUNS_STARTED.add, run.book, run.detail))
    session.flush()
    for number, (first, seats) in enumerate(batches_of(order.persona_count)):
        session.add(Batch(run_id=run_id, number=number, first_seat=first, seats=seats))
    return run


def _row(
    caller: Caller, run_id: str, order: Order, panelist: Panelist, seed: int, now: datetime
) -> Run:
    return Run(
        id=run_id,
        organization_id=caller.organization_id,
        book=caller.book,
        mode=caller.mode,
        via=caller.via,
        credential_id=caller.credential_id,
        subject=caller.subject,
        user_id=caller.user_id,
        label=order.label,
        content_type=order.content_type,
        content=order.content,
        url=order.url,
        url_mode=order.url_mode,
        audience=order.audience,
        persona_count=order.persona_count,
        detail=order.detail,
        seed=seed,
        engine=panelist.engine,
        engine_version=panelist.version,
        status="pending",
        batches_left=len(batches_of(order.persona_count)),
        tokens=order.tokens,
        created_at=now,
    )


_CAUSES = {"run": "run", "cmp": "compare"}
