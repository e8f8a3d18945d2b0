"""Revocation (RFC 7009): a client gives back what it holds, and the pair is dead."""

from flask import Response

from app.domain.grants import end, introspect
from app.kit import clock
from app.web.oauth import answers, blueprint, counting, form, presented, program
from app.web.services import services


@blueprint.post("/api/oauth/revoke")
def revoke() -> Response:
    """End the grant of a token of this client; of any other token nothing is said or done."""
    asking, now = program.here(), clock.now()
    shown = counting.shown(asking, "revoke", asking.form.get("token", ""), now)
    secret = form.needed(asking.form, "token")
    client = presented.proved(asking, shown, now)
    with services().database.reading() as session:
        grant_id = introspect.grant_of(session, client, secret)
    if grant_id is not None:
        with services().transaction() as session:
            end.grant(session, grant_id, "revoked_by_app", now)
    return answers.told({})
