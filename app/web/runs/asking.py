"""A question to a panel, or the next one of a conversation."""

from flask import redirect, request
from flask.typing import ResponseReturnValue

from app.domain.rights import Right
from app.errors import PolisError
from app.tools.ask import Asked
from app.web import place
from app.web.runs import PATH, blueprint, calls, thread, whom
from app.web.runs.page import shown
from app.web.runs.trouble import Trouble

_NAMED = {"persona": "persona_id", "archetype": "archetype", "segment": "segment"}


@blueprint.post(f"{PATH}/ask")
@place.require(Right.RUN)
def ask(handle: str) -> ResponseReturnValue:
    """Ask, and go to where the answers come in; a refusal keeps what was typed."""
    form = request.form
    typed = {"question": form.get("question", ""), "whom": form.get("whom", "")}
    try:
        answer = calls.perform("polis_ask", handle, **_question(handle, typed))
    except PolisError as error:
        return shown(handle, Trouble(error, typed))
    return redirect(f"/app/runs/{answer.thread_id if isinstance(answer, Asked) else handle}", 303)


def _question(handle: str, typed: dict[str, str]) -> dict[str, object]:
    """The arguments of polis_ask; a conversation knows whom it is with."""
    asked: dict[str, object] = {
        "question": typed["question"].replace("\r\n", "\n"),
        "idempotency_key": request.form.get("once") or None,
    }
    if handle.startswith("thr_"):
        talk = thread.found(handle)
        return asked | {"run_id": talk.run_id, "thread_id": handle} | _of(talk.target, talk.name)
    return asked | {"run_id": handle} | _of(*whom.chosen(typed["whom"]))


def _of(target: str, name: str | None) -> dict[str, object]:
    return {"target": target} | ({_NAMED[target]: name} if target in _NAMED else {})
