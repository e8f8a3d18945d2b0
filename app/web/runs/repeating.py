"""The same people read again: another wording, or the same after a run that gave no report."""

from flask import redirect, request
from flask.typing import ResponseReturnValue

from app.domain.rights import Right
from app.domain.runs import keep, sheet
from app.domain.runs.sheet import Sheet
from app.errors import Conflict, PolisError
from app.tools.test import Test
from app.web import place
from app.web.runs import PATH, blueprint, calls, facts
from app.web.runs.page import shown
from app.web.runs.trouble import Trouble
from app.web.services import services

_REWRITTEN = ", rewritten"


@blueprint.post(f"{PATH}/rewrite")
@place.require(Right.RUN)
def rewrite(handle: str) -> ResponseReturnValue:
    """Put another wording before the same panel: same people, same size, detail and seed."""
    it, content = _found(handle), request.form.get("content", "")
    it.require_text()
    if not it.ready:
        raise Conflict("This run has no report yet.", hint="Wait until it is complete.")
    name = facts.title(it)[: keep.LONGEST_LABEL - len(_REWRITTEN)].rstrip("… ") + _REWRITTEN
    read = it.audience or ((it.synthesis or {}).get("audience") or {}).get("text")
    changed = {"content": content.replace("\r\n", "\n"), "label": name, "audience": read}
    return _started(it, {"content": content}, **changed)


@blueprint.post(f"{PATH}/again")
@place.require(Right.RUN)
def again(handle: str) -> ResponseReturnValue:
    """Start a run anew that is over, whatever became of it."""
    it = _found(handle)
    it.require_text()
    if not it.over or it.compare_id:
        raise Conflict("This run is not one to start again.", hint="Start a new test.")
    same: dict[str, object] = {"content": it.content}
    if it.url is not None:  # fetched anew, as it is by now
        same = {"content_type": it.content_type, "url": it.url, "url_mode": it.url_mode}
    return _started(it, {}, **same, label=it.label, audience=it.audience)


def _found(handle: str) -> Sheet:
    with services().database.reading() as session:
        return sheet.sheet(session, place.here().organization.id, handle)


def _started(it: Sheet, typed: dict[str, str], **changed: object) -> ResponseReturnValue:
    order: dict[str, object] = {
        "content_type": it.reworded_type,
        "persona_count": it.persona_count,
        "detail": it.detail,
        "seed": it.seed,
        "idempotency_key": request.form.get("once") or None,
    }
    try:
        started = calls.perform("polis_test", it.id, **order | changed)
    except PolisError as error:
        return shown(it.id, Trouble(error, typed))
    return redirect(f"/app/runs/{started.run_id if isinstance(started, Test) else it.id}", 303)
