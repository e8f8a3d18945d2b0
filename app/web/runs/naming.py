"""A run or comparison gets another name."""

from flask import redirect, request
from flask.typing import ResponseReturnValue

from app.domain.rights import Right
from app.domain.runs import keep
from app.errors import InvalidInput
from app.web import place
from app.web.runs import PATH, blueprint
from app.web.runs.page import shown
from app.web.runs.trouble import Trouble
from app.web.services import services


@blueprint.post(f"{PATH}/label")
@place.require(Right.RUN)
def rename(handle: str) -> ResponseReturnValue:
    """Give it another name."""
    label = request.form.get("label", "")
    try:
        with services().transaction() as session:
            keep.rename(session, place.here().organization.id, handle, label)
    except InvalidInput as error:
        return shown(handle, Trouble(error, {"label": label}))
    return redirect(f"/app/runs/{handle}", 303)
