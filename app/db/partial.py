"""An index of some rows, said once for both databases."""

from functools import cached_property
from typing import Any

from sqlalchemy import Index, text
from sqlalchemy.util import PopulateDict


class Partial(Index):
    """An index of the rows for which `only` holds.

    Said with SQLAlchemy's `sqlite_where` and `postgresql_where`, both dialects are imported to look
    at the words, whichever database there is. Here a dialect is told when it asks.
    """

    def __init__(self, name: str, *columns: str, only: str, unique: bool = False) -> None:
        self._only = only
        super().__init__(name, *columns, unique=unique)

    @cached_property
    def dialect_options(self) -> Any:
        """By a dialect's name, what it is told of this index."""
        return PopulateDict(self._told)

    def _told(self, dialect: str) -> Any:
        words: dict[str, Any] = {f"{dialect}_where": text(self._only)}
        return Index(None, **words).dialect_options[dialect]
