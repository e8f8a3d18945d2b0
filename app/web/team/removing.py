"""Removing a member: the page says what ends, key by key what is kept, and the button does it."""

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue

from app.domain import endings, leaving, rights
from app.domain.endings import Ends
from app.domain.rights import Right
from app.kit import clock
from app.web import place, signed_in
from app.web.services import services
from app.web.team import blueprint, members

_PATH = "/app/team/<user_id>/remove"


@blueprint.get(_PATH)
@place.require(Right.MEMBERS)
def removal(user_id: str) -> Response:
    """What ends with somebody's place."""
    ends = _ends(user_id)
    keep = set(request.args.getlist("keep"))
    fresh = signed_in.is_fresh()
    return place.page("team/remove.html", it=ends, user_id=user_id, keep=keep, fresh=fresh)


@blueprint.post(_PATH)
@place.require(Right.MEMBERS)
def remove(user_id: str) -> ResponseReturnValue:
    """Remove them; the new secrets of kept keys are shown, once."""
    here, keep = place.here(), request.form.getlist("keep")
    ends = _ends(user_id)
    if not signed_in.is_fresh():
        return signed_in.again({"keep": keep})
    with services().transaction() as session:
        by, where = here.person.user_id, here.organization.id
        kept = leaving.remove(session, by, user_id, where, keep, clock.now())
    if not kept:
        return redirect(f"{members.LIST}?done=removed", 303)
    return place.page("team/removed.html", 201, email=ends.email, kept=kept)


def _ends(user_id: str) -> Ends:
    """What ends, for whoever may remove this member."""
    here = place.here()
    where = here.organization.id
    with services().database.reading() as session:
        membership = rights.membership(session, user_id, where)
        leaving.check_rank(here.person.user_id, here.organization.role, membership)
        return endings.ends(session, where, user_id, clock.now())
