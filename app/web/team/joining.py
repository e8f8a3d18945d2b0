"""Accepting an invitation: one page, one button.

The secret of the mailed link goes no further than its own page: whoever has to sign in or up first
comes back to an address without it, where their own proved address is what counts.
"""

from flask import Response, redirect, render_template
from flask.typing import ResponseReturnValue

from app.domain import belonging, invited
from app.domain.invited import InvitationSpent, Invited
from app.kit import clock
from app.web import narrow, signed_in
from app.web.services import services
from app.web.team import blueprint


@blueprint.get("/invite/<secret>")
def invitation(secret: str) -> str:
    """What one is invited to; opening it changes nothing, for programs open links too."""
    return _page(_look(secret))


@blueprint.post("/invite/<secret>")
def join_by_link(secret: str) -> ResponseReturnValue:
    """Join, or sign in first with the address that was invited."""
    found, person = _look(secret), signed_in.current()
    if person is None or person.email != found.email or not person.verified:
        return redirect(f"/invitation/{found.id}", 303)
    return _joined(found)


@blueprint.get("/invitation/<invitation_id>")
@signed_in.require
def waiting(invitation_id: str) -> str:
    """The same for whoever signed in with the address."""
    return _page(_waiting(invitation_id))


@blueprint.post("/invitation/<invitation_id>")
@signed_in.require
def join(invitation_id: str) -> ResponseReturnValue:
    """Join."""
    return _joined(_waiting(invitation_id))


@blueprint.errorhandler(InvitationSpent)
def spent(error: InvitationSpent) -> Response:
    """Whoever comes too late is told whom to ask."""
    return narrow.failed("team/spent.html", 404, error=error, person=signed_in.current())


def _joined(found: Invited) -> ResponseReturnValue:
    """From here on their browser looks at the organization."""
    person = signed_in.person()
    with services().transaction() as session:
        organization_id = invited.accept(session, person, found.id, clock.now())
        belonging.choose(session, person, organization_id)
    return redirect(f"{signed_in.HOME}?joined=1", 303)


def _look(secret: str) -> Invited:
    with services().database.reading() as session:
        return invited.look(session, secret, clock.now())


def _waiting(invitation_id: str) -> Invited:
    with services().database.reading() as session:
        email = signed_in.person().email
        return invited.waiting(session, invitation_id, email, clock.now())


def _page(found: Invited) -> str:
    person = signed_in.current()
    return render_template("team/invitation.html", it=found, person=person)
