"""What lets a person in, and where they are signed in."""

from typing import Any

from flask import Response, request

from app.domain import identities, own_sessions, profile
from app.domain.factors import having, passkeys, recovery, totp
from app.kit import clock, ids
from app.web import ceremony, place, providers
from app.web.services import services
from app.web.you import blueprint
from app.web.you.fresh import SECURITY

DONE = {
    "password": "Your password is changed, and every other browser is signed out.",
    "passkey": "The passkey is kept.",
    "renamed": "Saved.",
    "passkey-removed": "The passkey is removed.",
    "authenticator-removed": "The authenticator app is removed.",
    "ended": "That browser is signed out.",
    "others": "Every other browser is signed out.",
    "linked": "The account is linked.",
    "unlinked": "The account is unlinked.",
}


@blueprint.get(SECURITY)
@place.require()
def security() -> Response:
    """Password, passkeys, authenticator app, recovery codes, linked accounts, browsers."""
    person, now = place.here().person, clock.now()
    before = request.args.get("before", "")
    with services().database.reading() as session:
        facts: dict[str, Any] = {
            "has": having.of(session, person.user_id),
            "standing": profile.standing(session, person.user_id),
            "passkeys": passkeys.listed(session, person.user_id),
            "authenticator": totp.added_at(session, person.user_id),
            "linked": {
                each.provider: each
                for each in identities.listed(session, person.user_id, services().links.keys)
            },
            "living": own_sessions.living(
                session, person, now, before if ids.is_id("ses", before) else ""
            ),
            "recent": own_sessions.recent(session, person, now),
        }
    return place.page(
        "you/security.html",
        providers=providers.offered(),
        most_codes=recovery.MOST,
        can_make_passkeys=ceremony.party().has_passkeys,
        done=DONE.get(request.args.get("done", "")),
        **facts,
    )
