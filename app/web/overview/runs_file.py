"""The list of runs as a file: the same filters, row by row as they are read."""

from collections.abc import Iterator, Sequence

from flask import Response

from app.domain.rights import Right
from app.domain.runs import listing, starters
from app.domain.runs.listed import Listed
from app.domain.runs.narrowing import Cut, Filter
from app.domain.runs.starter import Starters
from app.kit import clock
from app.web import counted, place, sheets
from app.web.overview import blueprint, filters
from app.web.services import services
from app.web.sheets import MOST_ROWS, Cell

_AT_ONCE = 500
_COLUMNS = (
    "id", "title", "kind", "people", "variants", "detail", "state", "tokens_estimated",
    "tokens_charged", "tokens_refunded", "segment_1", "segment_2", "segment_3", "started_by",
    "person", "book", "started_at",
)  # fmt: skip


@blueprint.get("/app/runs.csv")
@place.require(Right.READ_RUNS)
def runs_file() -> Response:
    """The list of runs with the filters of its address."""
    counted.take("downloads", place.here().person.user_id, clock.now())
    return sheets.answer("polis-runs", _rows(filters.wanted()))


def _rows(wanted: Filter) -> Iterator[Sequence[Cell]]:
    yield _COLUMNS
    cut, sent = Cut(), 0
    while sent < MOST_ROWS:
        with services().database.reading() as session:
            found = listing.page(session, wanted, cut, min(_AT_ONCE, MOST_ROWS - sent))
            names = starters.of(session, wanted.organization_id, found.rows)
        yield from (_row(row, names) for row in found.rows)
        sent += len(found.rows)
        if found.older is None:
            return
        cut = Cut(found.older)
    yield (f"Cut after {MOST_ROWS} rows. Narrow the list for the rest.",)


def _row(row: Listed, names: Starters) -> Sequence[Cell]:
    starter, person = names.of(row.subject), names.person(row.user_id)
    return (
        row.id, row.title, "comparison" if row.variants else row.content_type, row.people,
        row.variants or None, row.detail, row.state, row.tokens,
        row.spent if row.is_over else 0, row.refunded, *(row.room or (None, None, None)),
        starter.shown if starter else "", person.email if person else "", row.book,
        clock.iso(row.created_at),
    )  # fmt: skip
