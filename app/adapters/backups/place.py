"""What a database is to a backup: something to copy out of, and to put a copy into."""

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, Protocol

from app.db import Base, Database
from app.errors import Conflict
from app.kit import clock

_OTHERS = ("alembic_version",)  # beside our own: the revision, and what a queue keeps
_QUEUE = "huey"


class BackupRefused(Conflict):
    """Nothing was written, and why."""


class Place(Protocol):
    """One database of an installation."""

    kind: ClassVar[str]  # sqlite | postgresql

    def dump(self, to: Path) -> None:
        """Write an intact copy into an empty file, whoever writes into the database meanwhile."""
        ...

    def revision(self, file: Path) -> str:
        """The schema a backup was made of."""
        ...

    def tables(self) -> set[str]:
        """The tables there are; none where there is no database yet."""
        ...

    def is_used(self) -> bool:
        """Whether anything was ever done in it."""
        ...

    def last_beat(self) -> datetime | None:
        """When a worker was last heard of."""
        ...

    def others(self) -> str:
        """Who else has the database open, in words; empty: nobody."""
        ...

    def replaced(self, file: Path) -> AbstractContextManager[Database]:
        """A backup in this database's place: for good when the block ends well, else not at all."""
        ...

    def beside(self, file: Path) -> AbstractContextManager[Database]:
        """A backup in a database of its own, gone when the block ends."""
        ...


class Asked(ABC):
    """What is asked of either database in the same words."""

    @abstractmethod
    def tables(self) -> set[str]:
        """As it lists them itself."""

    @abstractmethod
    def _asked(self, question: str) -> list[Any]:
        """The rows of an answer."""

    def is_used(self) -> bool:
        """Whatever is done writes into the log of acts."""
        known = "audit_events" in self.tables()
        return known and bool(self._asked("SELECT 1 FROM audit_events LIMIT 1"))

    def last_beat(self) -> datetime | None:
        """The newest of all workers'."""
        if "worker_beats" not in self.tables():
            return None
        [(seen,)] = self._asked("SELECT max(seen_at) FROM worker_beats")
        return None if seen is None else clock.from_milliseconds(seen)


def strangers(tables: set[str]) -> list[str]:
    """Tables that are nobody's of ours: they would go with a restore."""
    ours = {*Base.metadata.tables, *_OTHERS}
    return sorted(each for each in tables - ours if not each.startswith(_QUEUE))


def damaged(file: Path, why: str) -> BackupRefused:
    """The refusal of a file that cannot be read as what it says it is."""
    return BackupRefused(f"{file} is damaged, or no backup of Polis: {why.strip()}.")
