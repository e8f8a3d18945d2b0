"""Acts as a table and as lines of JSON."""

import json
from collections.abc import Iterator

from app.domain.audit_log import Act
from app.kit import cells, clock

_COLUMNS = (
    "number", "at", "actor", "actor_id", "action", "subject", "subject_id", "details",
    "organization", "previous", "digest",
)  # fmt: skip


def csv_of(acts: Iterator[Act]) -> Iterator[str]:
    """A table with a head."""
    yield cells.line(_COLUMNS)
    for each in acts:
        told = _told(each) | {"details": json.dumps(each.details, ensure_ascii=False)}
        yield cells.line(told.values())


def lines_of(acts: Iterator[Act]) -> Iterator[str]:
    """One object a line."""
    for each in acts:
        yield json.dumps(_told(each), ensure_ascii=False) + "\n"


def _told(act: Act) -> dict[str, object]:
    digests = {"previous": act.previous.hex(), "digest": act.digest.hex()}
    facts = act._asdict() | digests | {"at": clock.iso(act.at)}
    return {name: facts[name] for name in _COLUMNS}
