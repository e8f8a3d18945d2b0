"""Copies of the known vendors' metadata documents, for where theirs could never be fetched.

Their bot walls turn away data centres; a copy counts for half a year and then no more.
"""

import json
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

COUNTS_FOR = timedelta(days=180)

_FILE = Path(__file__).with_name("vendor_documents.json")


def copy_of(address: str, now: datetime) -> bytes | None:
    """The document a vendor had at an address, unless our copy is too old by now."""
    if now > as_of() + COUNTS_FOR:
        return None
    document = _read()["documents"].get(address)
    return None if document is None else json.dumps(document).encode()


def as_of() -> datetime:
    """The day the copies were taken."""
    return datetime.fromisoformat(_read()["as_of"]).replace(tzinfo=UTC)


def addresses() -> tuple[str, ...]:
    """Whose documents are shipped."""
    return tuple(_read()["documents"])


@cache
def _read() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return read
