"""One run as its page shows it, found within an organization, whichever book it is in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from app.domain.panel.shapes import Json
from app.domain.report.seats import Seat
from app.domain.runs import read, texts
from app.domain.runs.outcome import delivered
from app.domain.runs.read import Findings
from app.domain.runs.status import shown
from app.errors import NotFound
from app.kit import ids
from app.kit.plain import plain
from app.models.accounts import User
from app.models.runs import Comparison, Run, StoredReaction
from app.models.threads import Thread


class Sheet(NamedTuple):
    """The facts of a run; `synthesis` is there once its report may be read."""

    id: str
    book: str
    compare_id: str | None
    variant: int | None
    via: str
    user_id: str | None
    started_by: str | None
    label: str | None
    content_type: str
    content: str
    url: str | None
    url_mode: str | None
    cut: bool  # there was more of the page than was read
    audience: str | None
    persona_count: int
    detail: str
    seed: int
    engine: str
    engine_version: str
    status: str  # of its comparison while that is open: until then nothing is settled
    done: int
    tokens: int
    refunded: int
    refund_now: int  # what cancelling at this moment would give back
    failure_code: str | None
    failure_message: str | None
    digest: str | None
    created_at: datetime
    completed_at: datetime | None
    synthesis: Json | None
    text_deleted_at: datetime | None
    text_deleted_by: str | None  # retention | person

    @property
    def over(self) -> bool:
        """Whether nothing more will change."""
        return self.status in {"complete", "failed", "cancelled"}

    @property
    def ready(self) -> bool:
        """Whether there is a report to read."""
        return self.synthesis is not None

    @property
    def reworded_type(self) -> str:
        """What another wording of it is tested as: that of a page is a text."""
        return "markdown" if self.content_type == "url" else self.content_type

    def deleted(self, of: str = "run") -> str:
        """That its texts were deleted, and by whom; empty where they are there."""
        return texts.told(self.text_deleted_by, of) if self.text_deleted_at is not None else ""

    def require_text(self) -> None:
        """Refuse what takes the text or the report of a run that has lost both."""
        if self.text_deleted_at is not None:
            raise texts.refusal(self.text_deleted_by)

    @property
    def findings(self) -> Findings | None:
        """What was found, where there is a report."""
        return None if self.synthesis is None else read.told(self.audience, self.synthesis)

    @property
    def readers(self) -> tuple[object, ...]:
        """What decides who sat on its panel; two runs that share it were read by the same people.

        How somebody met the text is part of who they were, so its type is too.
        """
        audience = self.findings.audience if self.findings else self.audience
        return (self.seed, audience, self.content_type, f"{self.engine} {self.engine_version}")


class Whole(NamedTuple):
    """The facts of a comparison."""

    id: str
    book: str
    label: str | None
    status: str
    result: Json | None
    created_at: datetime
    completed_at: datetime | None

    @property
    def over(self) -> bool:
        """Whether nothing more will change."""
        return self.completed_at is not None


def book_of(session: Session, organization_id: str, handle: str) -> str:
    """The book a handle of this organization is in; a foreign one does not exist."""
    for prefix, table in (("run", Run), ("cmp", Comparison), ("thr", Thread)):
        if ids.is_id(prefix, handle):
            mine = select(table.book).where(
                table.id == handle, table.organization_id == organization_id
            )
            book = session.scalar(mine)
            if book is not None:
                return str(book)
    raise _nothing()


def sheet(session: Session, organization_id: str, run_id: str) -> Sheet:
    """A run of this organization."""
    return several(session, organization_id, [run_id])[0]


def several(session: Session, organization_id: str, run_ids: Sequence[str]) -> list[Sheet]:
    """These runs in their order, each once; another organization's do not exist."""
    wanted = [each for each in dict.fromkeys(run_ids) if ids.is_id("run", each)]
    rows = session.execute(_of(organization_id).where(Run.id.in_(wanted)))
    found = {sheet.id: sheet for sheet in map(_sheet, rows)}
    if len(found) < len(set(run_ids)):
        raise _nothing()
    return [found[each] for each in wanted]


def comparison(session: Session, organization_id: str, compare_id: str) -> Whole:
    """A comparison of this organization."""
    row = session.get(Comparison, compare_id) if ids.is_id("cmp", compare_id) else None
    if row is None or row.organization_id != organization_id:
        raise _nothing()
    return Whole(
        row.id,
        row.book,
        _shown(row.label),
        row.status,
        row.result if row.status == "complete" else None,
        row.created_at,
        row.completed_at,
    )


def variants(session: Session, organization_id: str, compare_id: str) -> list[Sheet]:
    """The runs of a comparison of this organization, in their order."""
    rows = session.execute(
        _of(organization_id)
        .where(Run.comparison_id == (compare_id if ids.is_id("cmp", compare_id) else ""))
        .order_by(Run.variant)
    ).all()
    if not rows:
        raise _nothing()
    return [_sheet(row) for row in rows]


def seats(session: Session, run_ids: Sequence[str]) -> dict[str, list[Seat]]:
    """Everybody who has reacted in some runs, by seat."""
    rows = session.execute(
        select(
            StoredReaction.run_id, StoredReaction.seat, StoredReaction.persona, StoredReaction.body
        )
        .where(StoredReaction.run_id.in_(run_ids))
        .order_by(StoredReaction.run_id, StoredReaction.seat)
    )
    found: dict[str, list[Seat]] = {run_id: [] for run_id in run_ids}
    for run_id, number, persona, body in rows:
        found[run_id].append(Seat(number, persona, body))
    return found


def _of(organization_id: str) -> Select[*tuple[Any, ...]]:
    return (
        select(Run, shown(), User.email)
        .outerjoin(Comparison, Comparison.id == Run.comparison_id)
        .outerjoin(User, User.id == Run.user_id)
        .where(Run.organization_id == organization_id)
    )


def _sheet(row: Row[*tuple[Any, ...]]) -> Sheet:
    run, status, email = row
    return Sheet(
        id=run.id,
        book=run.book,
        compare_id=run.comparison_id,
        variant=run.variant,
        via=run.via,
        user_id=run.user_id,
        started_by=email,
        label=_shown(run.label),
        content_type=run.content_type,
        content=run.content,
        url=run.url,
        url_mode=run.url_mode,
        cut=read.is_cut(run),
        audience=_shown(run.audience),
        persona_count=run.persona_count,
        detail=run.detail,
        seed=run.seed,
        engine=run.engine,
        engine_version=run.engine_version,
        status=status,
        done=run.personas_done,
        tokens=run.tokens,
        refunded=run.refunded_tokens,
        refund_now=run.tokens - delivered(run),
        failure_code=run.failure_code,
        failure_message=run.failure_message,
        digest=run.result_digest,
        created_at=run.created_at,
        completed_at=run.completed_at,
        synthesis=run.synthesis if status == "complete" else None,
        text_deleted_at=run.text_deleted_at,
        text_deleted_by=run.text_deleted_by,
    )


def _shown(text: str | None) -> str | None:
    """A text of the customer's without what hides, reorders or commands."""
    return None if text is None else plain(text)


def _nothing() -> NotFound:
    return NotFound(
        "There is no such run here.",
        hint="It may belong to another organization of yours, or be deleted.",
    )
