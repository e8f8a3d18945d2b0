"""A link that shows a report: made, and shown once."""

from flask import request
from flask.typing import ResponseReturnValue

from app.domain.rights import Right
from app.domain.runs import sheet
from app.domain.shares import DEFAULT_DAYS, making
from app.errors import Conflict, InvalidInput
from app.kit import clock
from app.web import asked, place
from app.web.runs import PATH, blueprint, facts
from app.web.runs.page import shown
from app.web.runs.trouble import Trouble
from app.web.services import services


@blueprint.post(f"{PATH}/shares")
@place.require(Right.RUN)
def share(handle: str) -> ResponseReturnValue:
    """Make a link and show it, once."""
    here, its, now = place.here(), services(), clock.now()
    days = request.form.get("days", str(DEFAULT_DAYS))
    with its.database.reading() as session:
        it = sheet.sheet(session, here.organization.id, handle)
    it.require_text()
    if not it.ready:
        raise Conflict("There is no report to share yet.", hint="Wait until it is complete.")
    try:
        with its.transaction() as session:
            secret = making.create(session, here.person, here.organization.id, it.id, days, now)
    except InvalidInput as error:
        return shown(handle, Trouble(error, {"days": days}))
    link = f"{asked.base()}/s/{secret}"
    return place.page("runs/share.html", 201, it=it, title=facts.title(it), link=link, days=days)
