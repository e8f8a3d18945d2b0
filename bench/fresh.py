"""A folder and databases for one bench, gone when it ends."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.databases import Copies, Postgres


@contextmanager
def databases() -> Iterator[tuple[Path, Copies]]:
    """A folder of our own, and databases at head of either kind for the asking."""
    folder, postgres = Path(tempfile.mkdtemp(prefix="polis-bench-")), Postgres()
    folder.chmod(0o700)
    copies = Copies(folder, postgres.url)
    try:
        yield folder, copies
    finally:
        postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)
