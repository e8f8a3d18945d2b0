"""The statement: a month of the ledger in pages, and as a file."""

from collections.abc import Iterator, Sequence

from flask import Response

from app.domain import wallets
from app.domain.billing import causes, months, statement
from app.domain.billing.causes import Subject
from app.domain.billing.months import Month
from app.domain.billing.statement import Line, Page
from app.domain.rights import Right
from app.domain.wallets import Wallet
from app.kit import clock
from app.web import counted, place, sheets
from app.web.billing import asked, blueprint, desk, words
from app.web.services import services
from app.web.sheets import Cell

PAGE = f"{desk.PAGE}/statement"
_AT_ONCE = 1_000
_COLUMNS = (
    "at", "kind", "title", "what", "tokens", "included", "trial", "packs", "overage",
    "usd_micros", "balance", "cause",
)  # fmt: skip


@blueprint.get(PAGE)
@place.require(Right.BILLING)
def month_page() -> Response:
    """A page of a month's rows."""
    its, now, below = desk.wallet(), clock.now(), asked.below()
    with services().database.snapshot() as session:
        offered = months.of(session, its, now)
        month = asked.month(offered, now)
        found = statement.page(session, its, month, below, left=asked.left(its, below))
        names = causes.named(session, its, [line.place.cause for line in found.lines])
    lapsed = found.kept.prepaid - wallets.at(found.kept, its.book, now).prepaid
    return place.page(
        "billing/statement.html",
        found=found,
        names=names,
        month=month,
        offered=offered,
        lapsed=lapsed,
        further=below is not None,
        address=asked.query(month),
        older=asked.further(its, month, found),
        words=words,
        mode=desk.mode(),
    )


@blueprint.get(f"{PAGE}.csv")
@place.require(Right.BILLING)
def month_file() -> Response:
    """All rows of a month, exact."""
    counted.take("downloads", place.here().person.user_id, clock.now())
    its, now = desk.wallet(), clock.now()
    with services().database.reading() as session:
        month = asked.month(months.of(session, its, now), now)
    return sheets.answer(f"polis-statement-{month.name}", _rows(its, month))


def _rows(its: Wallet, month: Month) -> Iterator[Sequence[Cell]]:
    """Newest first, a thousand rows at a time: each reading begins where the last one ended."""
    yield _COLUMNS
    below = left = None
    while True:
        found, names = _some(its, month, below, left)
        for line in found.lines:
            yield _row(line, names[line.place.cause])
        below, left = found.older, found.opening
        if below is None:
            break
    start = clock.iso(month.start)
    yield (start, "opening", "Opening balance", "", *[None] * 6, found.opening, "")


def _some(
    its: Wallet, month: Month, below: statement.Place | None, left: int | None
) -> tuple[Page, dict[str, Subject]]:
    with services().database.snapshot() as session:
        found = statement.page(session, its, month, below, _AT_ONCE, left)
        names = causes.named(session, its, [line.place.cause for line in found.lines])
    return found, names


def _row(line: Line, subject: Subject) -> Sequence[Cell]:
    return (
        clock.iso(line.place.at), line.kind, words.title(line, subject), words.what(line, subject),
        line.tokens, line.included, line.trial, line.packs, line.overage, line.usd_micros,
        line.balance, line.place.cause,
    )  # fmt: skip
