"""Many processes write to one SQLite file: nothing is lost, and nobody is told "locked" (R8)."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import text

from app.db import Database
from tests.rounds import rounds
from tests.served import ROOT

WRITERS, EACH = 8, rounds(200)

WRITER = """
import sys
from time import monotonic
from sqlalchemy import text
from app.db import Database

database, longest_s = Database(sys.argv[1]), 0.0
for _ in range(int(sys.argv[2])):
    began = monotonic()
    with database.transaction() as session:
        value = session.scalar(text("SELECT value FROM tally"))
        session.execute(text("UPDATE tally SET value = :v"), {"v": value + 1})
    longest_s = max(longest_s, monotonic() - began)
print(longest_s)
"""


def test_r8_writers_in_eight_processes_lose_nothing_and_never_find_it_locked(tmp_path, measured):
    url = f"sqlite:///{tmp_path / 'tally.db'}"
    database = Database(url)
    with database.transaction() as session:
        session.execute(text("CREATE TABLE tally (value INTEGER NOT NULL)"))
        session.execute(text("INSERT INTO tally VALUES (0)"))
    with ThreadPoolExecutor(WRITERS) as pool:
        done = list(pool.map(lambda _n: _write(url), range(WRITERS)))
    assert [outcome.stderr for outcome in done if outcome.returncode] == []
    with database.reading() as session:
        written = session.scalar(text("SELECT value FROM tally"))
    measured("R8", "writes of eight processes", WRITERS * EACH)
    measured(
        "R8", "s the longest of them waited", round(max(float(each.stdout) for each in done), 3)
    )
    measured("R8", "writes lost or told the database is locked", WRITERS * EACH - written)
    assert written == WRITERS * EACH
    database.dispose()


def _write(url: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WRITER, url, str(EACH)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
