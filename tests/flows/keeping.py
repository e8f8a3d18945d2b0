"""An installation that is backed up and restored by commands, as its operator does it."""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from app import bootstrap
from app.bootstrap import Services
from app.cli import polis as commands
from app.errors import PolisError
from tests.databases import PROGRAMS, Copies
from tests.factories import settings_for
from tests.fakes import SpyQueue

PATH = os.pathsep.join(
    [*map(str, sorted(PROGRAMS.glob("pginstall*/bin"))[::-1]), os.environ["PATH"]]
)


@dataclass(frozen=True)
class Kept:
    """A database, the folder beside it, and what an operator types."""

    kind: str
    url: str
    folder: Path

    @property
    def file(self) -> Path:
        """Where its backup goes."""
        return self.folder / "polis.backup"

    def services(self) -> Services:
        built = bootstrap.build(settings_for(self.url, self.folder))
        bootstrap.check(built)
        return replace(built, send=SpyQueue())

    def asked(self, *arguments: str, **environment: str) -> Result:
        """What a command answered, in this process."""
        hidden = {name: None for name in os.environ if name.startswith("POLIS_")}
        given = {
            "POLIS_ENV": "development",
            "POLIS_DATABASE_URL": self.url,
            "POLIS_INSTANCE_DIR": str(self.folder),
            "PATH": PATH,
        }
        environment = {**hidden, **given, **environment}
        return CliRunner().invoke(commands, arguments, env=environment)

    def facts(self, *arguments: str) -> dict[str, Any]:
        """The one object a command that did it printed."""
        done = self.asked(*arguments, "--json")
        assert done.exit_code == 0, (done.output, done.exception)
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def refusal(self, *arguments: str, **environment: str) -> str:
        """The sentence of a command that did nothing."""
        done = self.asked(*arguments, "--json", **environment)
        assert done.stdout == ""
        if isinstance(done.exception, PolisError):
            return f"{done.exception.message} {done.exception.hint}".strip()
        assert (done.exit_code, done.stderr[:7]) == (1, "polis: "), (done.output, done.exception)
        return done.stderr.removeprefix("polis: ")

    def backed_up(self) -> Path:
        self.facts("backup", str(self.file), "--force")
        return self.file


def unpacked(file: Path) -> bytes:
    """What is in a backup, in plain words: PostgreSQL packs its own, and its own program unpacks it."""
    if not file.read_bytes().startswith(b"PGDMP"):
        return file.read_bytes()
    program = shutil.which("pg_restore", path=PATH)
    assert program
    return subprocess.run([program, "--file=-", file], capture_output=True, check=True).stdout


def fresh(copies: Copies, kind: str, folder: Path) -> Kept:
    """A migrated database nobody has used."""
    folder.mkdir(exist_ok=True)
    return Kept(kind, copies.fresh(kind, folder), folder)


def empty(copies: Copies, kind: str, folder: Path) -> Kept:
    """A database without any table; of SQLite not even a file."""
    folder.mkdir(exist_ok=True)
    return Kept(kind, copies.empty(kind, folder), folder)
