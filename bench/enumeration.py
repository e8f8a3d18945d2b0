#!/usr/bin/env python3
"""Whether the time of an answer tells who has an account: 200 tries each, medians side by side.

    python bench/enumeration.py                     both databases
    python bench/enumeration.py --tries 50          fewer

Known and unknown addresses are asked about in turn, so that whatever else the machine does falls on
both. Promised: medians that differ by less than 10 % and by less than 15 ms.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app import bootstrap  # noqa: E402 # after the path is set
from tests.databases import DATABASES, Copies, Postgres  # noqa: E402
from tests.factories import settings_for  # noqa: E402
from tests.fakes import SpyQueue  # noqa: E402
from tests.tools.installation import Installation, running  # noqa: E402
from tests.web.account.browser import Visitor  # noqa: E402
from tests.web.account.somebody import somebody  # noqa: E402

FORMS = {
    "sign-in, wrong password": ("/login", {"password": "not the password at all"}),
    "sign-in by link": ("/login", {"how": "link"}),
    "reset": ("/forgot", {}),
    "sign-up": ("/signup", {"password": "eleven quiet lighthouse keepers"}),
}
SHARE, MILLISECONDS = 0.10, 15.0


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--tries", type=int, default=200)
    tries = options.parse_args().tries
    folder, postgres = Path(tempfile.mkdtemp(prefix="polis-bench-")), Postgres()
    folder.chmod(0o700)
    copies = Copies(folder, postgres.url)
    try:
        return max(
            [measured(copies.fresh(kind, folder), folder, kind, tries) for kind in DATABASES]
        )
    finally:
        postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)


def measured(url: str, folder: Path, kind: str, tries: int) -> int:
    """Print one line a form; gives 1 where a promise does not hold."""
    built = bootstrap.build(settings_for(url, folder))
    bootstrap.check(built)
    worst = 0
    with running(replace(built, send=SpyQueue())) as polis:
        known = [somebody(polis, f"known{number}@example.com") for number in range(tries)]
        for name, (path, form) in FORMS.items():
            there, nobody = compared(polis, known, path, form)
            apart = abs(there - nobody)
            holds = apart < MILLISECONDS and apart < SHARE * max(there, nobody)
            worst = max(worst, not holds)
            print(
                f"{kind:10} {name:24} known {there:7.2f} ms  unknown {nobody:7.2f} ms  "
                f"apart {apart:5.2f} ms ({apart / max(there, nobody):4.0%})  "
                f"{'holds' if holds else 'DOES NOT HOLD'}"
            )
    built.database.dispose()
    return worst


def compared(polis: Installation, known: list[str], path: str, form: dict) -> tuple[float, float]:
    """The median time of an answer about addresses we know, and about others."""
    times: dict[bool, list[float]] = {True: [], False: []}
    for number, address in enumerate(known):
        pair = [(True, address), (False, f"{path.strip('/')[0]}{form.get('how', '')}{address}")]
        for is_known, email in pair if number % 2 else reversed(pair):
            visitor = Visitor(polis, peer=f"10.{number // 250}.{number % 250}.{is_known:d}")
            visitor.open(path)
            began = time.perf_counter()
            visitor.send(path, email=email, **form)
            times[is_known].append((time.perf_counter() - began) * 1000)
    return statistics.median(times[True]), statistics.median(times[False])


if __name__ == "__main__":
    sys.exit(main())
