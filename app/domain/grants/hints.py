"""Who a client believes to be there: an id_token of ours it shows again, however old it is."""

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.grants import SigningKey

_LONGEST = 8_000
_ALGORITHMS = ["RS256", "ES256"]


def subject(session: Session, id_token: str, client_id: str) -> str | None:
    """The `sub` of an id_token made for this client; None where it cannot be read any more."""
    if len(id_token) > _LONGEST:
        return None
    kept = session.scalars(select(SigningKey.public)).all()
    if not kept:
        return None
    try:
        keys = KeySet.import_key_set({"keys": list(kept)})
        claims = jwt.decode(id_token, keys, algorithms=_ALGORITHMS).claims
    except (JoseError, ValueError):
        return None
    told = claims.get("sub")
    return told if claims.get("aud") == client_id and isinstance(told, str) else None
