"""Puts what a lock names into another environment, from this one instead of an index.

usage: python -m tests.deploy.lent HOME … -r LOCK

It is what pip would install, to the file, and nothing else of this environment comes along. `make
prove` lets pip itself do it.
"""

import os
import re
import shutil
import sys
from importlib.metadata import distribution
from pathlib import Path


def lend(home: Path, lock: Path) -> None:
    """Every file of every package of a lock, programs with their first line set right."""
    (libraries,) = home.glob("lib/python*/site-packages")
    for name in re.findall(r"^([a-z][\w.-]*)==", lock.read_text(encoding="utf-8"), re.MULTILINE):
        for file in distribution(name).files or ():
            there, here = Path(str(file.locate())), libraries / file
            here.parent.mkdir(parents=True, exist_ok=True)
            if there.parent.name == "bin":
                _program(there, home)
            elif there.exists():
                _copy(there, here)


def _copy(there: Path, here: Path) -> None:
    here.unlink(missing_ok=True)
    try:
        os.link(there, here)  # one and the same file, where both are on one disk
    except OSError:
        shutil.copy2(there, here)


def _program(there: Path, home: Path) -> None:
    here = home / "bin" / there.name
    _, _, rest = there.read_bytes().partition(b"\n")
    here.write_bytes(f"#!{home}/bin/python\n".encode() + rest)
    here.chmod(0o755)


if __name__ == "__main__":
    lend(Path(sys.argv[1]).absolute(), Path(sys.argv[-1]))
