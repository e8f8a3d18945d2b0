"""Who a client believes to be there: an id_token of ours it shows again, however old it is."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.clients import signatures
from app.models.grants import SigningKey

_LONGEST = 8_000


def subject(session: Session, id_token: str, client_id: str) -> str | None:
    """The `sub` of an id_token made for this client; None where it cannot be read any more."""
    if len(id_token) > _LONGEST:
        return None
    kept = session.scalars(select(SigningKey.public)).all()
    claims = signatures.claims(id_token, {"keys": list(kept)}) if kept else None
    if claims is None:
        return None
    told = claims.get("sub")
    return told if claims.get("aud") == client_id and isinstance(told, str) else None
