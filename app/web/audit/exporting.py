"""The log as a file: sent while it is read."""

from collections.abc import Callable, Iterator

from flask import Response

from app.db import Database
from app.domain import audit, audit_log
from app.domain.audit_log import Act, Filters
from app.domain.rights import Right
from app.kit import clock
from app.web import place
from app.web.attachments import attached
from app.web.audit import LOG, asked, blueprint, written
from app.web.services import services


@blueprint.get(f"{LOG}.csv")
@place.require(Right.AUDIT_LOG)
def as_csv() -> Response:
    """Every act that fits, as a table."""
    return _export("csv", "text/csv; charset=utf-8", written.csv_of)


@blueprint.get(f"{LOG}.jsonl")
@place.require(Right.AUDIT_LOG)
def as_lines() -> Response:
    """Every act that fits, one JSON object a line."""
    return _export("jsonl", "application/jsonl; charset=utf-8", written.lines_of)


def _export(
    kind: str, content_type: str, write: Callable[[Iterator[Act]], Iterator[str]]
) -> Response:
    """Sent while it is read, a page of acts at a time; that it was asked for is an act itself."""
    asked.require_days()
    here, typed = place.here(), asked.sent()
    chain, by = here.organization.id, here.person.user_id
    facts = {"format": kind, **{name: value for name, value in typed._asdict().items() if value}}
    with services().transaction() as session:
        audit.record(session, chain, by, "audit.exported", chain, facts, clock.now())
    acts = _acts(services().database, chain, asked.filters(typed))
    name = f"polis-audit-{clock.now():%Y-%m-%d}.{kind}"
    answer = attached(write(acts), content_type, name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _acts(database: Database, chain: str, filters: Filters) -> Iterator[Act]:
    """Each page in a reading of its own: a slow reader holds nobody up."""
    before = None
    while True:
        with database.reading() as session:
            found = audit_log.everything(session, chain, filters, before=before)
        if not found:
            return
        yield from found
        before = found[-1].number
