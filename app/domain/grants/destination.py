"""Where a code goes, as a browser's policy needs it said."""

import re
from urllib.parse import urlsplit

from app.domain.clients import redirects

_POLICY_SAFE = re.compile(r"[a-z0-9._-]+(?::[0-9]{1,5})?")


def policy_source(redirect_uri: str) -> str:
    """The origin a form may end at, or the scheme where a policy cannot spell it (IPv6)."""
    parts = urlsplit(redirect_uri)
    netloc = parts.netloc.lower()
    if redirects.kind(redirect_uri) != "private" and _POLICY_SAFE.fullmatch(netloc):
        return f"{parts.scheme}://{netloc}"
    return f"{parts.scheme}:"
