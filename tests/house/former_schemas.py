"""Databases of former schemas, row by row, as the code of their day wrote them.

`python -m tests.house.former_schemas <its SQLite file> <its key> <its access token> [release]`
keeps one more, of an installation that made somebody with `--sample-data`, a key and tokens.
"""

import base64
import gzip
import json
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Connection, MetaData, create_engine

from app.db import Database
from app.kit import clock

FOLDER = Path(__file__).parent / "former"
SUMMED = {"monthly_movements"}  # the database writes it itself, with what is planted
_VERSIONS = "alembic_version"

Rows = dict[str, list[dict[str, Any]]]


class Former(NamedTuple):
    """One database: its schema, the release that had it, what opens it, and all its rows."""

    revision: str
    release: str  # empty where none had it
    key: str
    access_token: str
    tables: Rows

    @property
    def written_at(self) -> datetime:
        """When the newest of its tokens was issued: a day later it is good as it was then."""
        issued = max(each["created_at"] for each in self.tables["access_tokens"])
        return clock.from_milliseconds(issued)


def kept() -> list[str]:
    """The revisions there are databases of."""
    return sorted(path.name.partition(".")[0] for path in FOLDER.glob("*.json.gz"))


def read(revision: str) -> Former:
    """A database as it was kept."""
    with gzip.open(FOLDER / f"{revision}.json.gz") as file:
        return Former(**json.load(file, object_hook=_bytes))


def unkept(changelog: str, releases: set[str]) -> set[str]:
    """Releases of which a database is to be kept and is not, or is and may not be.

    What stands first in the changelog goes on changing, numbered or not: its schema is the head.
    """
    headings = re.findall(r"^## v?(\S+)", changelog, re.MULTILINE)
    return set(headings[1:]) ^ (releases - {""})


def rows_of(connection: Connection) -> Rows:
    """Every row of every table, as its columns are named."""
    tables = MetaData()
    tables.reflect(connection)
    return {
        table.name: [dict(row._mapping) for row in connection.execute(table.select())]
        for table in tables.sorted_tables
        if table.name != _VERSIONS
    }


def plant(database: Database, former: Former) -> None:
    """Write a former database's rows into a schema that is there: its columns and no others."""
    tables = MetaData()
    tables.reflect(database.engine)
    with database.engine.begin() as connection:
        for table in tables.sorted_tables:
            truths = {each.name for each in table.c if isinstance(each.type, Boolean)}
            if table.name in SUMMED:
                continue
            told = [
                {k: bool(v) if k in truths and v is not None else v for k, v in row.items()}
                for row in former.tables.get(table.name, [])
            ]
            if told:
                connection.execute(table.insert(), told)


def differing(before: Rows, after: Rows) -> list[str]:
    """Each row of before that is not there, or says another thing in a column it had."""
    missing = []
    for table, rows in before.items():
        names = list(rows[0]) if rows else []
        there = {_line(row, names) for row in after.get(table, []) if row.keys() >= set(names)}
        missing += [f"{table}: {line}" for row in rows if (line := _line(row, names)) not in there]
    return missing


def _line(row: dict[str, Any], names: list[str]) -> str:
    """A row in words both databases have in common: truth is 1, a number is its whole part."""
    values = (row[name] for name in names)
    return repr([int(each) if isinstance(each, bool) else each for each in values])


def _bytes(told: dict[str, Any]) -> Any:
    return base64.b64decode(told["base64"]) if told.keys() == {"base64"} else told


def _written(value: object) -> dict[str, str]:
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    raise TypeError(type(value))


def _main(file: str, key: str, access_token: str, release: str = "") -> None:
    with create_engine(f"sqlite:///{file}").connect() as connection:
        revision = connection.exec_driver_sql(f"SELECT version_num FROM {_VERSIONS}").scalar_one()
        former = Former(revision, release, key, access_token, rows_of(connection))
    text = json.dumps(former._asdict(), default=_written, separators=(",", ":"))
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / f"{revision}.json.gz").open("wb") as kept_in:
        kept_in.write(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    _main(*sys.argv[1:])
