"""How long a backup, its restore and the look at it take: an installation of about a gigabyte.

    python bench/backup.py --megabytes 1000 --kinds sqlite postgresql

Promise: restored within two minutes (R12). PostgreSQL is the one of the tests.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import func, select, text

sys.path.insert(0, str(Path(__file__).parents[1]))

from app.bootstrap import Services
from app.kit import clock
from app.models.runs import Run
from tests.databases import DATABASES, Copies, Postgres
from tests.factories import member
from tests.filling import Owner, fill
from tests.flows import keeping

PROMISED_S = 120
PIECE = 20_000  # runs, and three times as many entries


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--megabytes", type=int, default=1000)
    asked.add_argument("--kinds", nargs="+", choices=DATABASES, default=list(DATABASES))
    options = asked.parse_args()
    print("| database | size | file | backup | restore | restore --verify |")
    print("|---|---|---|---|---|---|")
    server = Postgres()
    try:
        with tempfile.TemporaryDirectory() as folder:
            copies = Copies(Path(folder), server.url)
            for kind in options.kinds:
                print(row(copies, kind, Path(folder) / kind, options.megabytes), flush=True)
    finally:
        server.stop()


def row(copies: Copies, kind: str, folder: Path, megabytes: int) -> str:
    here = keeping.fresh(copies, kind, folder)
    size = filled(here, megabytes)
    written = timed(lambda: here.facts("backup", str(here.file)))
    plain = restored(copies, here, folder / "plain")
    looked = restored(copies, here, folder / "looked", "--verify")
    file = here.file.stat().st_size // 1_000_000
    kept = "kept" if plain <= PROMISED_S else "NOT KEPT"
    return (
        f"| {kind} | {size} MB | {file} MB | {written:.1f} s | {plain:.1f} s ({kept}) "
        f"| {looked:.1f} s |"
    )


def filled(here: keeping.Kept, megabytes: int) -> int:
    """Runs and entries of as many owners as it takes; gives megabytes."""
    services = here.services()
    while (size := size_of(services)) < megabytes:
        who = member(services, tokens=100)
        owner = Owner(who.organization_id, who.user_id, (f"key:{who.key_id}",), "simulated")
        fill(services.database, owner, PIECE, PIECE * 3, clock.now())
    services.database.dispose()
    return size


def size_of(services: Services) -> int:
    with services.database.reading() as session:
        if services.database.sqlite:
            return Path(str(services.database.url.database)).stat().st_size // 1_000_000
        told = session.scalar(text("SELECT pg_database_size(current_database())"))
        return int(told) // 1_000_000


def restored(copies: Copies, here: keeping.Kept, folder: Path, *more: str) -> float:
    there = keeping.empty(copies, here.kind, folder)
    took = timed(lambda: there.facts("restore", str(here.file), *more))
    services = there.services()
    with services.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Run))
    services.database.dispose()
    return took


def timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
