"""What the causes of entries are called, and the run or payment each of them belongs to."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Select, func, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.domain.runs import titles
from app.domain.wallets import Wallet
from app.models.payments import Payment
from app.models.runs import Comparison, Run
from app.models.threads import Thread

_READ = 300  # characters of a text: enough for its first words


class Subject(NamedTuple):
    """What an entry is about; without an id it has no page, or none any more."""

    title: str
    kind: str = ""  # run | compare | turn | payment
    id: str = ""
    what: str = ""
    back: str = ""  # why tokens came back


class _Told(NamedTuple):
    """A run, the first variant of a comparison, or the run a question is about."""

    id: str
    label: str | None
    url: str | None
    text: str
    status: str
    done: int
    people: int
    detail: str
    failure: str | None
    gone: bool


def named(session: Session, wallet: Wallet, causes: Iterable[str]) -> dict[str, Subject]:
    """By cause, in two questions for all of them."""
    known = set(causes)
    handles = {cause: _handle(cause) for cause in known if _prefix(cause) in _KINDS}
    told = _told(session, wallet.organization_id, handles.values())
    bought = _bought(session, wallet, known - handles.keys())
    return {
        cause: bought.get(cause) or _named(_prefix(cause), told.get(handles.get(cause, "")))
        for cause in known
    }


def _named(prefix: str, it: _Told | None) -> Subject:
    if it is None:
        return Subject(_TITLES.get(prefix, "Tokens"), kind=prefix if prefix in _KINDS else "")
    title = titles.title(it.label, it.url, it.text)
    what = {"compare": "comparison", "turn": "question"}.get(prefix) or (
        f"{it.people:,} people, {it.detail}"
    )
    return Subject(title, prefix, "" if it.gone else it.id, what, _back(prefix, it))


def _back(prefix: str, it: _Told) -> str:
    if prefix == "turn":
        return "answers that did not come"
    if it.status == "failed":
        return it.failure or "failed"
    left = it.people - it.done
    return f"{left:,} people not asked" if prefix == "run" and left else it.status


def _told(session: Session, organization_id: str, handles: Iterable[str]) -> dict[str, _Told]:
    """Whose they are is looked at here: asked for both, SQLite reads all runs there are."""
    known = sorted(set(handles))
    if not known:
        return {}
    runs = _select(Run.id, Run.label, Run.status).where(Run.id.in_(known))
    both = func.coalesce(Comparison.label, Run.label)
    pairs = (
        _select(Comparison.id, both, Comparison.status)
        .join(Comparison, Comparison.id == Run.comparison_id)
        .where(Run.variant == 0, Comparison.id.in_(known))
    )
    asked = (
        _select(Thread.id, Run.label, Run.status)
        .join(Thread, Thread.run_id == Run.id)
        .where(Thread.id.in_(known))
    )
    rows = session.execute(union_all(runs, pairs, asked))
    return {row[0]: _Told(*row[:-1]) for row in rows if row[-1] == organization_id}


def _select(id_: InstrumentedAttribute[str], label: Any, status: Any) -> Select[Any]:
    return select(
        id_, label, Run.url, func.substr(Run.content, 1, _READ), status, Run.personas_done,
        Run.persona_count, Run.detail, Run.failure_message, Run.text_deleted_at.is_not(None),
        Run.organization_id,
    ).select_from(Run)  # fmt: skip


def _bought(session: Session, wallet: Wallet, causes: Iterable[str]) -> dict[str, Subject]:
    """What was paid for, and which payment it was that went back."""
    paid = {cause for cause in causes if _prefix(cause) in _PAID}
    back = {cause: _handle(cause) for cause in causes if _prefix(cause) in _BACK}
    if not paid and not back:
        return {}
    statement = select(Payment.cause, Payment.id, Payment.item).where(
        Payment.organization_id == wallet.organization_id,
        Payment.mode == wallet.mode,
        or_(Payment.cause.in_(paid), Payment.id.in_(set(back.values()))),
    )
    rows = session.execute(statement).all()
    brought = {cause: Subject(item_title(item), "payment", id_) for cause, id_, item in rows}
    by_id = {subject.id: subject for subject in brought.values()}
    returned = {cause: by_id[id_] for cause, id_ in back.items() if id_ in by_id}
    return {cause: brought[cause] for cause in paid if cause in brought} | returned


def item_title(item: str) -> str:
    """An item in words: `pack:small` is a small pack."""
    kind, _, name = item.partition(":")
    return f"{name.capitalize()} {kind}"


def _prefix(cause: str) -> str:
    return cause.partition(":")[0]


def _handle(cause: str) -> str:
    return cause.split(":")[1] if ":" in cause else ""


_KINDS = ("run", "compare", "turn")
_PAID = ("invoice", "checkout")
_BACK = ("refund", "dispute")  # whose second part is the payment's id
_TITLES = {
    "run": "Deleted run",
    "compare": "Deleted comparison",
    "turn": "Question about a deleted run",
    "trial": "Trial tokens",
    "trial-part": "Trial tokens",
    "operator": "From the operator",
    "sample": "For the sample data",
    "purchase": "Purchase",
    "invoice": "Plan",
    "checkout": "Pack",
    "refund": "Refunded payment",
    "dispute": "Disputed payment",
    "moved": "Trial tokens",
    "refunded": "Tokens of an ended period",
}
