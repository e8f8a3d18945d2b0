"""The parameters of an authorization request, each of them once, not a byte of them lost."""

from collections import Counter
from urllib.parse import parse_qsl

_MOST = 50  # no client sends more than a dozen


class Parameters:
    """What a query said; an empty value counts as left out (RFC 6749 §3.1)."""

    def __init__(self, query: str) -> None:
        # Latin-1 gives every byte a character of its own, so that bytes can be given back as sent.
        pairs = parse_qsl(query[:100_000], encoding="latin-1", errors="strict")
        self._values = dict(reversed(pairs[:_MOST]))
        counted = Counter(name for name, _ in pairs)
        self.repeated = tuple(name for name, times in counted.items() if times > 1)

    def get(self, name: str) -> str | None:
        """A value as text; what is no UTF-8 becomes characters that match nothing."""
        value = self._values.get(name)
        return None if value is None else value.encode("latin-1").decode(errors="replace")

    def as_sent(self, name: str) -> str | None:
        """A value with one character for each byte."""
        return self._values.get(name)
