"""Inviting people by mail, and taking it back."""

from flask import redirect, request
from flask.typing import ResponseReturnValue

from app.domain import accounts, invitations, throttles
from app.domain.rights import Right
from app.errors import Conflict, InvalidInput
from app.kit import clock
from app.web import place
from app.web.services import services
from app.web.team import blueprint, members

_INVITATIONS = f"{members.LIST}/invitations"


@blueprint.post(_INVITATIONS)
@place.require(Right.MEMBERS)
def invite() -> ResponseReturnValue:
    """Have an invitation sent."""
    here, form = place.here(), request.form
    email, role = form.get("email", ""), form.get("role", "")
    try:
        _count(accounts.normal_email(email))
        with services().transaction() as session:
            invited = invitations.invite(
                session, here.person, here.organization.id, email, role, clock.now()
            )
    except InvalidInput as error:
        return members.page(form, {str(error.details["field"]): error.message}, 422)
    except Conflict as error:
        return members.page(form, {"email": f"{error.message} {error.hint}"}, 409)
    return redirect(f"{members.LIST}?done=invited#{invited}", 303)


@blueprint.post(f"{_INVITATIONS}/<invitation_id>/resend")
@place.require(Right.MEMBERS)
def resend(invitation_id: str) -> ResponseReturnValue:
    """Have it sent again, with another link and another seven days."""
    here, now = place.here(), clock.now()
    with services().database.reading() as session:
        _count(invitations.address_of(session, here.organization.id, invitation_id, now))
    with services().transaction() as session:
        invitations.resend(session, here.person, here.organization.id, invitation_id, now)
    return redirect(f"{members.LIST}?done=resent", 303)


@blueprint.post(f"{_INVITATIONS}/<invitation_id>/revoke")
@place.require(Right.MEMBERS)
def revoke(invitation_id: str) -> ResponseReturnValue:
    """Take it back."""
    here = place.here()
    with services().transaction() as session:
        invitations.revoke(session, here.person, here.organization.id, invitation_id, clock.now())
    return redirect(f"{members.LIST}?done=revoked", 303)


def _count(email: str) -> None:
    """One beyond the limits is refused aloud: whoever asks is signed in, and known."""
    its, now = services(), clock.now()
    if its.settings.rate_limits:
        its.rates.take(its.limits["invitations"], place.here().organization.id, now)
        its.rates.take(its.limits["invitations_address"], throttles.digest_of(email), now)
