"""GitHub's secret scanning: is a message really theirs, and what does it report.

https://docs.github.com/en/code-security/secret-scanning/secret-scanning-partner-program
"""

import json
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from app.domain.clients.key_sets import KeySets
from app.errors import InvalidInput

KEYS = "https://api.github.com/meta/public_keys/secret_scanning"
REPORTER = "GitHub secret scanning"
MOST_MATCHES = 1000

_AGAIN = timedelta(minutes=10)


class Match(NamedTuple):
    """One text GitHub took for a secret of ours."""

    token: str
    type: str
    url: str


def key(key_sets: KeySets, key_id: str, now: datetime) -> str | None:
    """GitHub's public key of an id, as PEM."""
    found = key_sets.published(
        KEYS, now, wanted=lambda kept: _pem(kept, key_id) is not None, again=_AGAIN
    )
    return _pem(found, key_id)


def is_signed(body: bytes, signature: str, pem: str) -> bool:
    """Whether GitHub signed exactly these bytes."""
    from app.domain import github_signature  # noqa: PLC0415 # cryptography is large, leaks are rare

    return github_signature.fits(body, signature, pem)


def matches(body: bytes) -> list[Match]:
    """What a message reports, or InvalidInput."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list) or not 1 <= len(found) <= MOST_MATCHES:
        raise InvalidInput(f"Send a JSON array of 1 to {MOST_MATCHES} matches.")
    return [_match(each) for each in found]


def _match(given: object) -> Match:
    facts = given if isinstance(given, dict) else {}
    token, kind, url = facts.get("token"), facts.get("type"), facts.get("url") or ""
    if not (isinstance(token, str) and isinstance(kind, str) and isinstance(url, str)):
        raise InvalidInput("Each match has a token and a type.", field="token")
    return Match(token, kind, url)


def _pem(published: dict[str, Any], key_id: str) -> str | None:
    keys = published.get("public_keys")
    for each in keys if isinstance(keys, list) else ():
        if isinstance(each, dict) and each.get("key_identifier") == key_id:
            pem = each.get("key")
            return pem if isinstance(pem, str) else None
    return None
