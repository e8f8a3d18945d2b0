"""The log in pages, and whether it holds."""

from flask import Response, request

from app.domain import audit_check, audit_log, audit_words
from app.domain.rights import Right
from app.web import place
from app.web.audit import LOG, asked, blueprint
from app.web.services import services

_MOST = 2**31 - 1  # the largest number an entry can have


@blueprint.get(LOG)
@place.require(Right.AUDIT_LOG)
def log() -> Response:
    """The newest acts, or those before a number."""
    chain, typed = place.here().organization.id, asked.sent()
    before, checked = _before(), None
    with services().database.snapshot() as session:
        found = audit_log.page(session, chain, asked.filters(typed), before=before)
        actions = audit_log.actions(session, chain)
        actors = audit_log.actors(session, chain)
        if "check" in request.args:
            checked = audit_check.check(session, chain)
    return place.page(
        "audit/log.html",
        found=found,
        asked=typed,
        problems=asked.problems(),
        actions=[(each, audit_words.words_of(each)) for each in actions],
        actors=actors,
        words_of=audit_words.words_of,
        checked=checked,
        filtered=any(typed),
        further=before is not None,
    )


def _before() -> int | None:
    number = request.args.get("before", type=int)
    return None if number is None else max(0, min(number, _MOST))
