"""The public halves of our signing keys (RFC 7517)."""

import json

from flask import Response

from app.docs.discovery.table import JSON
from app.domain import keyset
from app.kit import clock
from app.web import texts
from app.web.oauth import blueprint, signing_keys
from app.web.services import services

_MINUTES = 60


@blueprint.get("/.well-known/jwks.json", strict_slashes=False)
def jwks() -> Response:
    """Every key an id_token of ours may be checked with."""
    now = clock.now()
    signing_keys.ready(services(), now)
    with services().database.reading() as session:
        told = json.dumps(keyset.told(session, now), sort_keys=True) + "\n"
    kept = {"Cache-Control": f"public, max-age={_MINUTES * 60}"}
    return texts.answered(texts.text(told, JSON), **kept)
