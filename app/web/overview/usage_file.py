"""Usage as a file: one row for each day of each spender."""

from collections.abc import Iterator, Sequence

from flask import Response

from app.domain import usage
from app.domain.rights import Right
from app.domain.runs import starters
from app.kit import clock
from app.web import counted, place, sheets
from app.web.overview import blueprint, spans
from app.web.services import services
from app.web.sheets import MOST_ROWS, Cell

_COLUMNS = ("day", "book", "kind", "name", "person", "tokens", "charges")


@blueprint.get("/app/usage.csv")
@place.require(Right.USAGE)
def usage_file() -> Response:
    """What was charged on each day of a span, by whom."""
    counted.take("downloads", place.here().person.user_id, clock.now())
    return sheets.answer("polis-usage", _rows(spans.shown()))


def _rows(shown: spans.Shown) -> Iterator[Sequence[Cell]]:
    yield _COLUMNS
    with services().database.reading() as session:
        rows = usage.rows(session, shown.wallet, shown.span, MOST_ROWS + 1)
        names = starters.named(session, shown.wallet.organization_id, [row.who for row in rows])
    for row in rows[:MOST_ROWS]:
        starter, person = names.of(row.who.subject), names.person(row.who.user_id)
        yield (
            f"{row.day:%Y-%m-%d}", shown.wallet.book, starter.kind if starter else "",
            starter.shown if starter else "", person.email if person else "",
            row.charged.tokens, row.charged.charges,
        )  # fmt: skip
    if len(rows) > MOST_ROWS:
        yield (f"Cut after {MOST_ROWS} rows. Choose a shorter span for the rest.",)
