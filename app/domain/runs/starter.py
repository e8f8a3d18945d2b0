"""Who starts runs: people, keys and apps, told by name."""

from collections.abc import Mapping
from typing import NamedTuple


class Starter(NamedTuple):
    """A key, an app, or a person; `subject` is what their spending counts for."""

    kind: str  # key | app | user
    id: str  # a key's lineage, an app's key, a person's id
    name: str
    email: str = ""

    @property
    def shown(self) -> str:
        """A person without a name is told by their address."""
        return self.name or self.email


class Starters:
    """The names of those who started some runs."""

    def __init__(self, found: Mapping[tuple[str, str], Starter]) -> None:
        self._found = found

    def of(self, subject: str | None) -> Starter | None:
        """Whoever is behind a subject: a key, an app, or a person at the dashboard."""
        kind, _, rest = (subject or "").partition(":")
        return self._found.get((kind, rest.rpartition(":")[2]))

    def person(self, user_id: str | None) -> Starter | None:
        """The person whose key or app it is."""
        return self._found.get(("user", user_id or ""))
