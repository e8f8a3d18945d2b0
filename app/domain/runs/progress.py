"""What workers do to a run: take a batch's seats, record their reactions, finish or fail it.

Each function is one short transaction's worth. A run that is over changes no more: every update
names the state it expects, and a late twin changes 0 rows.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app import outbox
from app.db import changed
from app.domain import wallets
from app.domain.pages.page import LAYOUT, PICTURE
from app.domain.panel.losses import too_many
from app.domain.panel.shapes import PanelRequest, Reaction, Synthesis
from app.domain.runs import find, pausing, read
from app.domain.runs.outcome import empty, fail_comparison, settle_run
from app.domain.tariff.account import Account
from app.kit.plain import plain
from app.models.runs import Batch, Run, StoredReaction

OPEN = ("pending", "running", "synthesizing")


@dataclass(frozen=True, slots=True)
class Seats:
    """The seats of one batch that are still to react, and what is put before them."""

    run_id: str
    request: PanelRequest
    seats: range
    engine: str
    account: Account


class Waiting(NamedTuple):
    """What a report is made from, and by which engine."""

    request: PanelRequest
    reactions: list[Reaction]
    engine: str
    account: Account
    notes: Sequence[str] | None  # on the layout of a page that was looked at

    @property
    def no_panel(self) -> str | None:
        """Why this is no panel any more: it has lost more of its people than a run may."""
        seated = self.request.persona_count
        lost = seated - len(self.reactions)
        return f"{lost} of {seated} people did not answer." if too_many(lost, seated) else None


def work_left(session: Session, run_id: str, batch: int, now: datetime) -> Seats | None:
    """What a batch still has to do, or None; a run's first batch sets it running."""
    run = session.get(Run, run_id)
    part = session.get(Batch, (run_id, batch))
    if run is None or part is None or part.done_at is not None:
        return None
    if run.status not in {"pending", "running"}:
        return None
    began = update(Run).where(Run.id == run_id, Run.status == "pending")
    session.execute(began.values(status="running", started_at=now))
    seats = range(part.first_seat, part.first_seat + part.seats)
    return Seats(run_id, request_of(session, run), seats, run.engine, account_of(run))


def wanted(session: Session, run_id: str) -> bool:
    """Whether anybody still waits for a run: it is there, and neither cancelled nor failed."""
    return session.scalar(select(Run.status).where(Run.id == run_id)) in OPEN


def record(
    session: Session, run_id: str, batch: int, reactions: Sequence[Reaction], now: datetime
) -> None:
    """Keep a batch's reactions; the last batch of a run asks for its synthesis."""
    done = update(Batch).where(
        Batch.run_id == run_id, Batch.number == batch, Batch.done_at.is_(None)
    )
    if changed(session, done.values(done_at=now)) != 1:
        return
    counted = session.execute(
        update(Run)
        .where(Run.id == run_id, Run.status == "running")
        .values(personas_done=Run.personas_done + len(reactions), batches_left=Run.batches_left - 1)
        .returning(Run.batches_left, Run.book)
        .execution_options(synchronize_session=False)
    ).first()
    if counted is None:  # cancelled or failed meanwhile: these seats were never delivered
        return
    if reactions:
        _keep(session, run_id, reactions)
    left, book = counted
    if left == 0:
        session.execute(update(Run).where(Run.id == run_id).values(status="synthesizing"))
        outbox.record(
            session,
            "synthesise",
            {"run_id": run_id},
            key=f"synthesise:{run_id}",
            now=now,
            low=wallets.can_wait(book),
        )


def panel_of(session: Session, run_id: str) -> list[Reaction]:
    """Every stored reaction of a run, by seat."""
    rows = session.execute(
        select(
            StoredReaction.seat, StoredReaction.persona, StoredReaction.body, StoredReaction.state
        )
        .where(StoredReaction.run_id == run_id)
        .order_by(StoredReaction.seat)
    )
    return [Reaction(*row) for row in rows]


def waiting_for_synthesis(session: Session, run_id: str) -> Waiting | None:
    """What a synthesis is made from, or None where it is made already or no longer wanted."""
    run = session.get(Run, run_id)
    if run is None or run.status != "synthesizing":
        return None
    panel, notes = panel_of(session, run_id), (run.page or {}).get("notes")
    return Waiting(request_of(session, run), panel, run.engine, account_of(run), notes)


def noted(synthesis: Synthesis, notes: Sequence[str] | None) -> Synthesis:
    """A synthesis with what was found about the layout, whoever played the panel."""
    if notes is None:
        return synthesis
    return replace(synthesis, report={**synthesis.report, "structuralNotes": list(notes)})


def complete(
    session: Session, run_id: str, synthesis: Synthesis, digest: str, now: datetime
) -> None:
    """Keep the report, settle the hold, and let a comparison conclude with its last run."""
    run = find.lock_run(session, run_id)
    if run is None or run.status != "synthesizing":
        return
    run.synthesis = asdict(synthesis)
    run.room = read.room(synthesis)
    run.result_digest = digest
    run.status, run.completed_at = "complete", now
    session.flush()
    if run.comparison_id is None:
        settle_run(session, run, now)
    elif _all_complete(session, run.comparison_id):
        outbox.record(
            session,
            "conclude",
            {"compare_id": run.comparison_id},
            key=f"conclude:{run.comparison_id}",
            now=now,
            low=wallets.can_wait(run.book),
        )


def fail(session: Session, run_id: str, code: str, message: str, now: datetime) -> None:
    """End a run without a report: everything is refunded and its reactions go."""
    run = find.lock_run(session, run_id)
    if run is None or run.status not in OPEN:
        return
    if run.comparison_id is not None:
        fail_comparison(session, run.comparison_id, code, message, now)
        return
    run.completed_at = now
    empty(session, run, code, message)
    settle_run(session, run, now)
    pausing.after_failure(session, run, now)


def request_of(session: Session, run: Run) -> PanelRequest:
    """A run in the engine's words; variants of a comparison share the first one's readers."""
    first = find.variants(session, run.comparison_id)[0] if run.comparison_id else run
    page = run.page or {}
    return PanelRequest(
        content_type=run.content_type,
        content=plain(run.content),
        persona_count=run.persona_count,
        detail=run.detail,
        seed=run.seed,
        audience=None if run.audience is None else plain(run.audience),
        url=run.url,
        url_mode=run.url_mode,
        audience_content=None if first is run else plain(first.content),
        picture=page.get(PICTURE) or None,
        layout=tuple((kind, strength) for kind, strength in page.get(LAYOUT, ())),
    )


def account_of(run: Run) -> Account:
    """Whose work a run is."""
    return Account(run.organization_id, run.id)


def digest_of(request: PanelRequest, synthesis: Synthesis, reactions: Sequence[Reaction]) -> str:
    """SHA-256 of all a panel answered: equal requests and seeds give equal digests."""
    read = asdict(replace(request, picture=None))
    read.pop("picture")  # digests are older than pictures, and those are gone after the run
    if not request.layout:
        read.pop("layout")  # nor do texts have one
    digest = hashlib.sha256(_canonical(read) + _canonical(asdict(synthesis)))
    for reaction in reactions:
        digest.update(_canonical([reaction.number, reaction.persona, reaction.body]))
    return digest.hexdigest()


def _keep(session: Session, run_id: str, reactions: Sequence[Reaction]) -> None:
    session.execute(
        StoredReaction.__table__.insert(),  # type: ignore[attr-defined] # one executemany, no ORM objects
        [
            {
                "run_id": run_id,
                "seat": r.number,
                "persona": r.persona,
                "body": r.body,
                "state": r.state,
            }
            for r in reactions
        ],
    )


def _canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()


def _all_complete(session: Session, compare_id: str) -> bool:
    """Asked with the comparison locked, so that the last run sees the others done."""
    open_runs = select(func.count()).where(
        Run.comparison_id == compare_id, Run.status != "complete"
    )
    return session.scalar(open_runs) == 0
