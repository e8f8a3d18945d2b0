"""Our signing keys, made when they are first wanted and ahead of the day they sign."""

from datetime import datetime

from app.bootstrap import Services
from app.domain import keyset


def ready(its: Services, now: datetime) -> None:
    """See to it that every algorithm has a key that signs, and its successor in time."""
    with its.database.reading() as session:
        due = keyset.due(session, now)
    for algorithm in due:
        from app.domain import signing  # noqa: PLC0415 # 33 ms most requests need not pay

        key = signing.make(algorithm, its.links.keys, now)
        with its.transaction() as session:
            keyset.add(session, key, now)
