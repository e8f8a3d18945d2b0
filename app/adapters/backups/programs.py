"""PostgreSQL's own programs for backups: found, new enough, and run without a password to see."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import URL

from app.adapters.backups.place import BackupRefused

_KNOWN = ("/usr/lib/postgresql", "/usr/local/opt", "/opt/homebrew/opt", "/usr")
_PACKAGED = re.compile(r"(?:postgresql@|pgsql-)?(\d+)")
_VERSION = re.compile(r"\) (\d+)")


def found(name: str, server: int, roots: Sequence[str] = _KNOWN) -> str:
    """A program that knows a server of this version: from PATH, or where systems put them."""
    versions = {_version(each): each for each in _candidates(name, roots)}
    if not versions:
        raise BackupRefused(f"{name} is not installed.", hint=_install(server))
    newest = max(versions)
    if newest < server:
        raise BackupRefused(
            f"{name} {newest} is too old for PostgreSQL {server}.", hint=_install(server)
        )
    return versions[newest]


def run(url: URL, command: list[str]) -> str:
    """What a program printed; the password travels in its environment, which others cannot read."""
    given = {"PGPASSWORD": url.password} if url.password else {}
    done = subprocess.run(  # noqa: S603 # a program of PostgreSQL, and arguments of ours
        command,
        env={**os.environ, "LC_ALL": "C", **given},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it said nothing"]
        raise BackupRefused(f"{Path(command[0]).name} failed: {said[0]}.")
    return done.stdout


def address(url: URL) -> str:
    """How a program is told of a database, without the password."""
    plain = url.set(drivername="postgresql", password=None)
    return plain.difference_update_query(["password"]).render_as_string()


def _candidates(name: str, roots: Sequence[str]) -> Iterator[str]:
    on_path = shutil.which(name)
    if on_path:
        yield on_path
    for root in map(Path, roots):
        for folder in sorted(root.glob("*")):
            program = folder / "bin" / name
            if _PACKAGED.fullmatch(folder.name) and program.is_file():
                yield str(program)


def _version(program: str) -> int:
    done = subprocess.run(  # noqa: S603 # found by us
        [program, "--version"], capture_output=True, text=True, check=False
    )
    told = _VERSION.search(done.stdout)
    return int(told[1]) if told else 0


def _install(server: int) -> str:
    return (
        f"Install PostgreSQL's client programs, version {server} or newer "
        f"(apt-get install postgresql-client-{server}), and see that they are in PATH."
    )
