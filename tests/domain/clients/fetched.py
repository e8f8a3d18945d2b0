"""A fetcher that answers from a table, and documents to put into it."""

import json
from collections.abc import Callable
from typing import Any

from app.domain.fetching import Fetched, NotFetched

ADDRESS = "https://app.example/client.json"
REDIRECT = "https://app.example/callback"

TIMEOUT = NotFetched("timeout", "The answer took too long.")
UNREACHABLE = NotFetched("unreachable", "The address cannot be reached.")
HANGS_UP = NotFetched("unreachable", "The answer broke off, or is not HTTP.")
REDIRECTED = NotFetched("redirect", "The address redirects, too often or at all.")
NOT_JSON = NotFetched("content_type", "The answer is not application/json.")
LARGE = NotFetched("too_large", "The answer has more than 65,536 bytes.")
INWARD = NotFetched("refused_address", "This address is not public.")


def status(number: int) -> NotFetched:
    return NotFetched("status", f"The address answers {number}.", status=number)


def document(address: str = ADDRESS, **more: Any) -> dict[str, Any]:
    """A valid document; a member given as None is left out."""
    facts = {
        "client_id": address,
        "client_name": "An app",
        "redirect_uris": [REDIRECT],
        "token_endpoint_auth_method": "none",
    } | more
    return {name: value for name, value in facts.items() if value is not None}


class TableFetcher:
    """What stands at each address: an object, bytes, or why it cannot be fetched."""

    def __init__(self, **pages: Any) -> None:
        self.pages: dict[str, Any] = pages
        self.max_age_s: int | None = None
        self.asked: list[str] = []
        self.before: Callable[[], None] = lambda: None

    def get(self, url: str, **_limits: Any) -> Fetched:
        self.asked.append(url)
        self.before()
        page = self.pages.get(url, UNREACHABLE)
        if isinstance(page, NotFetched):
            raise page
        body = page if isinstance(page, bytes) else json.dumps(page).encode()
        return Fetched(url, "application/json", body, self.max_age_s)
