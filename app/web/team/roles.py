"""Giving a member another role; what a lower one ends is shown before."""

from flask import redirect, request
from flask.typing import ResponseReturnValue

from app.domain import endings, roles, team
from app.domain.rights import ROLES, Right
from app.errors import InvalidInput
from app.kit import clock
from app.web import place
from app.web.services import services
from app.web.team import blueprint, members


@blueprint.post("/app/team/<user_id>/role")
@place.require(Right.CHANGE_ROLES)
def give(user_id: str) -> ResponseReturnValue:
    """Change a role, or ask first whether what it ends may end."""
    here, role, now = place.here(), request.form.get("role", ""), clock.now()
    where = here.organization.id
    if role not in ROLES:
        raise InvalidInput("Choose a role.", field="role")
    if "sure" not in request.form:
        with services().database.reading() as session:
            email, former = team.one(session, where, user_id)
            lost = endings.lost_by(session, where, user_id, role, now)
        if lost:
            return place.page(
                "team/role.html", lost=lost, email=email, user_id=user_id, role=role, former=former
            )
    with services().transaction() as session:
        roles.give(session, here.person.user_id, user_id, where, role, now)
    return redirect(f"{members.LIST}?done=role#{user_id}", 303)
