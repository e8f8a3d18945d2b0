"""The page behind a handle: a run, a comparison or a conversation, as it stands right now."""

from flask import Response
from flask.typing import ResponseReturnValue

from app.domain.rights import Right
from app.errors import NotFound
from app.web import place
from app.web.error_shapes import STATUS
from app.web.runs import PATH, blueprint, comparison, run, thread
from app.web.runs.trouble import NONE, Trouble

_SHOWN = {"run": run.page, "cmp": comparison.page, "thr": thread.page}


@blueprint.get(PATH)
@place.require(Right.READ_RUNS)
def one(handle: str) -> ResponseReturnValue:
    """What a link in an answer leads to; while it runs, htmx asks for its progress."""
    return shown(handle)


def shown(handle: str, trouble: Trouble = NONE) -> Response:
    """The page of a handle, with a refusal and its status where there was one."""
    page = _SHOWN.get(handle.partition("_")[0])
    if page is None:
        raise NotFound("There is no such run here.", hint="Runs lists those there are.")
    answer = page(handle, trouble)
    if trouble.error is not None:
        answer.status_code = STATUS[trouble.error.kind]
    return answer
