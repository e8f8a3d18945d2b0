"""Leaving an organization by oneself."""

from flask import Response, redirect
from flask.typing import ResponseReturnValue

from app.domain import endings, leaving, rights, roles
from app.kit import clock
from app.web import place, signed_in
from app.web.services import services
from app.web.team import blueprint

_PATH = "/app/team/leave"


@blueprint.get(_PATH)
@place.require()
def leaving_page() -> Response:
    """What ends with one's place, or why one cannot leave."""
    here = place.here()
    with services().database.reading() as session:
        mine = rights.membership(session, here.person.user_id, here.organization.id)
        why_stay = roles.why_stay(session, mine)
        ends = endings.ends(session, here.organization.id, here.person.user_id, clock.now())
    return place.page("team/leave.html", it=ends, why_stay=why_stay)


@blueprint.post(_PATH)
@place.require(while_ending=True)
def leave() -> ResponseReturnValue:
    """Leave, and look at one's own organization again."""
    here = place.here()
    with services().transaction() as session:
        leaving.leave(session, here.person.user_id, here.organization.id, clock.now())
    return redirect(f"{signed_in.HOME}?left=1", 303)
