"""What a request costs besides time: the statements it sends and the passwords it computes."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from argon2 import PasswordHasher
from sqlalchemy import event

from app.db import Database

HASHING = {PasswordHasher.hash.__code__: "hash", PasswordHasher.verify.__code__: "verify"}


@dataclass
class Work:
    """Statements by their kind and table, and computations of a password."""

    statements: list[str] = field(default_factory=list)
    passwords: list[str] = field(default_factory=list)


@contextmanager
def counting(database: Database) -> Iterator[Work]:
    """Watch a database and this thread until the block ends; nothing of either is replaced."""
    work, before = Work(), sys.getprofile()

    def stated(_connection, _cursor, statement, *_more) -> None:
        work.statements.append(kind(statement))

    def called(frame, what, _argument) -> None:
        if what == "call" and frame.f_code in HASHING:
            work.passwords.append(HASHING[frame.f_code])

    event.listen(database.engine, "before_cursor_execute", stated)
    sys.setprofile(called)
    try:
        yield work
    finally:
        sys.setprofile(before)
        event.remove(database.engine, "before_cursor_execute", stated)


def kind(statement: str) -> str:
    """A statement's verb and its first table."""
    found = re.match(r"\s*(\w+).*?(?:FROM|INTO|UPDATE)\s+(\w+)", statement, re.DOTALL)
    return f"{found[1]} {found[2]}" if found else statement.split(maxsplit=1)[0]
