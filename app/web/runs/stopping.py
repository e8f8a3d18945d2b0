"""A run, a comparison or a question is stopped: what was not processed comes back."""

from flask import redirect
from flask.typing import ResponseReturnValue

from app.domain.rights import Right
from app.web import place
from app.web.runs import PATH, blueprint, calls


@blueprint.post(f"{PATH}/cancel")
@place.require(Right.RUN)
def cancel(handle: str) -> ResponseReturnValue:
    """Stop what runs; its page says what came back, and goes on saying so."""
    what = {"thread_id" if handle.startswith("thr_") else "run_id": handle}
    calls.perform("polis_cancel", handle, **what)
    return redirect(f"/app/runs/{handle}", 303)
