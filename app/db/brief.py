"""A transaction of a few compiled statements, without the session that costs as much as they do.

What turns out to need one is undone and done again with it: `session_of` says so.
"""

from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.orm import Session
from sqlalchemy.pool import PoolProxiedConnection


class SessionNeeded(Exception):
    """What is to be done takes more than statements."""


class Brief:
    """An open transaction on the driver itself."""

    def __init__(self, held: PoolProxiedConnection, dialect: Dialect) -> None:
        self._held = held
        self.dialect = dialect

    def cursor(self) -> Any:
        """The driver's own cursor."""
        return self._held.cursor()


Transaction = Session | Brief


def session_of(where: Transaction) -> Session:
    """The session of a transaction; SessionNeeded where it has none."""
    if isinstance(where, Brief):
        raise SessionNeeded
    return where
