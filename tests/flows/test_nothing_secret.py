"""S18, S19: of all secrets of a whole run, none is in the log, the database or an error page.

Each place where nothing secret may stand is one line of KEPT or TOLD.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from sqlalchemy import MetaData, create_engine, inspect, text

from tests.databases import DATABASES
from tests.flows.keeping import PATH as PROGRAMS_PATH
from tests.flows.person import Person
from tests.flows.secret_life import KINDS, NEW_EMAIL, NONCE, OPERATORS, STATE, breaks, lived
from tests.served import Served, commanded

LOST = ("users", "api_keys", "access_tokens", "clients", "work")
# What tells everybody, or whoever holds the operator's token, how an installation is.
ASKED = ("/status", "/healthz", "/readyz", "/metrics", "/api/oauth/jwks")
METRICS = {"Authorization": f"Bearer {OPERATORS['metrics_token']}"}
OURS = re.compile(r"(demo\.json|secret_key|serve\.log)$")  # the operator's own, or looked at apart


class Life(NamedTuple):
    """A run that is over: the person who lived it, and what each place holds of it."""

    kim: Person
    kept: dict[str, bytes]
    told: dict[str, bytes]

    @property
    def secrets(self) -> set[str]:
        return {each for each in self.kim.met if len(each) > 8}


@pytest.fixture(scope="module", params=DATABASES)
def life(request, copies, tmp_path_factory) -> Iterator[Life]:
    """An installation of its own: in the end its tables are taken away."""
    folder = tmp_path_factory.mktemp("life")
    url = copies.fresh(request.param, folder)
    few = {"web_processes": "1", "worker_processes": "1", "billing": "simulated"}
    with Served(url, folder, **few, **OPERATORS) as served:
        kim = Person(served)
        tokens = lived(kim)
        breaks(kim, tokens)
        take_away(served)
        breaks(kim, tokens)
        asked = "".join(kim.open(path, **METRICS).text for path in ASKED).encode()
        running = files(served)  # a write-ahead log is folded in at the end
        served.stop()
        kept = {place: read(served) for place, read in KEPT.items()} | {"running": running}
        yield Life(
            kim, kept, {"figures": asked, **{name: read(kim) for name, read in TOLD.items()}}
        )


def test_s18_every_kind_of_secret_was_met(life):
    assert set(life.kim.met.values()) == KINDS


def test_s18_no_secret_of_a_whole_run_is_kept(life, measured):
    found = [
        (life.kim.met[each], place)
        for place, held in life.kept.items()
        for each in life.secrets
        if each.encode() in held
    ]
    measured("S18", "secrets of a whole run", len(life.secrets))
    measured("S18", "secrets found in database, files and what is kept of them", len(found))
    assert found == []
    assert NEW_EMAIL.encode() in life.kept["rows"], "nothing was looked at"


def test_s19_no_secret_of_a_whole_run_is_told(life, measured):
    told = life.secrets | {STATE, NONCE}
    found = [
        (life.kim.met.get(each, each), place)
        for place, said in life.told.items()
        for each in told - (life.kim.shown if place == "error pages" else set())
        if each.encode() in said
    ]
    measured("S19", "secrets found in logs and error pages", len(found))
    assert found == []
    assert b"request.failed" in life.told["log"], "nothing was provoked"
    assert {page.status_code for page in life.kim.failed} >= {400, 401, 500}


def take_away(served: Served) -> None:
    """What no request of anybody can do: the tables are gone under a running server."""
    engine = create_engine(url_of(served))
    with engine.begin() as connection:
        for table in LOST:
            connection.execute(text(f"ALTER TABLE {table} RENAME TO {table}_away"))
    engine.dispose()


def rows(served: Served) -> bytes:
    """Everything the database holds, row by row."""
    engine, tables = create_engine(url_of(served)), MetaData()
    tables.reflect(engine)
    found = []
    with engine.connect() as connection:
        for table in tables.sorted_tables:
            for row in connection.execute(table.select()):
                found += [each if isinstance(each, bytes) else str(each).encode() for each in row]
        assert len(inspect(connection).get_table_names()) > 20
    engine.dispose()
    return b"\0".join(found)


def files(served: Served) -> bytes:
    """Every file of the instance: the database and its log where it is one, exports, the queue."""
    found = (each for each in served.folder.rglob("*") if each.is_file())
    return b"\0".join(each.read_bytes() for each in found if not OURS.search(each.name))


def url_of(served: Served) -> str:
    return served.environment["POLIS_DATABASE_URL"].replace(
        "postgresql://", "postgresql+psycopg://"
    )


def backup(served: Served) -> bytes:
    """What `polis backup` takes away; PostgreSQL's is packed, and its rows are looked at above."""
    kept = served.folder / "taken.backup"
    commanded({**served.environment, "PATH": PROGRAMS_PATH}, "backup", str(kept))
    return kept.read_bytes()


KEPT: dict[str, Callable[[Served], bytes]] = {"rows": rows, "files": files, "backup": backup}
TOLD: dict[str, Callable[[Person], bytes]] = {
    "log": lambda kim: kim.served.log.encode(),
    "error pages": lambda kim: "".join(page.text for page in kim.failed).encode(),
}
