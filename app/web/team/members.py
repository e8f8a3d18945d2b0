"""The list of members and of open invitations."""

from collections.abc import Mapping
from typing import NamedTuple

from flask import Response, request

from app.domain import invitations, rights, team
from app.domain.invitations import Open
from app.domain.rights import ROLES, Right
from app.domain.team import Member
from app.kit import clock, ids
from app.web import place
from app.web.services import services
from app.web.team import blueprint

LIST = "/app/team"


class _Shown(NamedTuple):
    """A page of members, what stands before it, and who was invited."""

    members: list[Member]
    before: str | None
    invited: list[Open]


@blueprint.get(LIST)
@place.require()
def team_list() -> Response:
    """Everybody who belongs to the organization they look at."""
    return page(request.args, {})


def page(typed: Mapping[str, str], problems: dict[str, str], status: int = 200) -> Response:
    """The list, with the form to invite as it was typed."""
    here = place.here()
    shown = _shown()
    return place.page(
        "team/list.html",
        status,
        members=team.in_order(shown.members),
        before=shown.before,
        further="before" in request.args,
        invited=shown.invited,
        sees_all=here.may(Right.ALL_KEYS),
        may_invite=here.may(Right.MEMBERS),
        may_give=here.may(Right.CHANGE_ROLES),
        invited_for=invitations.LIFE.days,
        roles=[role for role in ROLES if rights.reaches(here.organization.role, role)],
        reaches=rights.reaches,
        typed=typed,
        problems=problems,
        said=request.args.get("done", ""),
    )


def _shown() -> _Shown:
    here, now, before = place.here(), clock.now(), request.args.get("before", "")
    with services().database.reading() as session:
        found = team.listed(
            session,
            here.organization.id,
            now,
            before=before if ids.is_id("usr", before) else None,
        )
        invites = here.may(Right.MEMBERS)
        invited = invitations.listed(session, here.organization.id, now) if invites else []
    rows = found[: team.PAGE]
    return _Shown(rows, rows[-1].user_id if len(found) > team.PAGE else None, invited)
