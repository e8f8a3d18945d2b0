"""What workers are asked for when runs begin: their batches, or first of all their pages."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import outbox
from app.db import changed
from app.domain import wallets
from app.domain.pages.page import LAYOUT, PICTURE, Page
from app.domain.runs.order import batches_of
from app.domain.tariff.panelist import MODEL
from app.models.runs import Run


def set_off(
    session: Session, cause: str, runs: Sequence[Run], *, now: datetime, request_id: str
) -> None:
    """Ask for the batches of these runs; texts that are still to be fetched come first.

    The variants of a comparison are fetched together: all of them are for the first one's readers.
    """
    if runs[0].url is None:
        for run in runs:
            _batches(session, run, now, request_id)
        return
    outbox.record(
        session,
        "fetch_pages",
        {"run_ids": [run.id for run in runs]},
        key=f"fetch:{cause}",
        now=now,
        request_id=request_id,
        low=wallets.can_wait(runs[0].book),
    )


def unread(session: Session, run_ids: Sequence[str]) -> list[Run]:
    """The runs whose pages are still to be fetched, in this order; none where they are over."""
    rows = session.scalars(select(Run).where(Run.id.in_(run_ids), Run.status == "pending"))
    found = {run.id: run for run in rows}
    return [found[run_id] for run_id in run_ids if run_id in found]


def keep(
    session: Session, run_id: str, page: Page, *, now: datetime, request_id: str | None
) -> None:
    """Keep what was read with the run, so that every batch reads the same, and ask for those."""
    run = session.get_one(Run, run_id)
    model = run.engine == MODEL  # a model sees for itself, other readers need figures
    felt = {PICTURE: page.picture or None} if model else {LAYOUT: page.layout or None}
    facts = {"url": page.url, "cut": page.cut, "notes": page.notes, **felt}
    told = {name: value for name, value in facts.items() if value is not None}
    waiting = update(Run).where(Run.id == run_id, Run.status == "pending")
    if changed(session, waiting.values(content=page.text, page=told)):
        _batches(session, run, now, request_id)


def _batches(session: Session, run: Run, now: datetime, request_id: str | None) -> None:
    for number, _ in enumerate(batches_of(run.persona_count)):
        outbox.record(
            session,
            "react_batch",
            {"run_id": run.id, "batch": number},
            key=f"react:{run.id}:{number}",
            now=now,
            request_id=request_id,
            low=wallets.can_wait(run.book),
        )
