"""The public halves of our signing keys (RFC 7517)."""

from flask import Response, jsonify

from app.domain import keyset
from app.kit import clock
from app.web.oauth import blueprint, signing_keys
from app.web.services import services

_MINUTES = 60


@blueprint.get("/.well-known/jwks.json")
def jwks() -> Response:
    """Every key an id_token of ours may be checked with."""
    now = clock.now()
    signing_keys.ready(services(), now)
    with services().database.reading() as session:
        answer = jsonify(keyset.told(session, now))
    answer.headers["Cache-Control"] = f"public, max-age={_MINUTES * 60}"
    return answer
