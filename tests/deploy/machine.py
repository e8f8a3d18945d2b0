"""A machine of a test's own: its paths are in a folder, and what only root may do is written down."""

import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.served import ROOT

NOBODY = 10_001
NAME = "try.polis.example"  # what the shell of the page holds as DOMAIN
FOLDERS = (
    "/opt/polis",
    "/etc/polis.env",
    "/etc/systemd",
    "/etc/caddy",
    "/etc/nginx/conf.d",
    "/usr/local/bin",
    "/var/lib/polis",
    "/var/backups/polis",
)
# What changes a whole machine: noted, and not done. The others do without another user's name.
STUBS = {
    "apt-get": "", "useradd": "", "groupadd": "", "systemctl": "", "ufw": "", "certbot": "", "nginx": "", "docker": "",
    "install": 'exec /usr/bin/install $(echo "$*" | sed "s/-[og] [a-z0-9]*//g")',
    "runuser": 'while [ "$1" != -- ]; do shift; done; shift; exec "$@"',
}  # fmt: skip


class Machine:
    """Runs shell in its folder; `done` has every call of what only root may do."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._tools = folder / "tools"
        self._tools.mkdir()
        for path in FOLDERS:
            self.at(path).parent.mkdir(parents=True, exist_ok=True)
        self.at("/etc/systemd/system").mkdir(parents=True)
        self.at("/etc/caddy").mkdir(parents=True, exist_ok=True)
        self.at("/etc/nginx/conf.d").mkdir(parents=True)
        self.at("/usr/local/bin").mkdir(parents=True, exist_ok=True)
        for name, act in STUBS.items():
            self.stub(name, act)
        self.python = _python()
        self.others = os.geteuid() == 0 and _open(self.python)  # whether somebody else can run it
        (self._tools / "python3").write_text(f'#!/bin/sh\nexec {self.python} "$@"\n')
        (self._tools / "python3").chmod(0o755)

    def at(self, path: str) -> Path:
        """Where a path of the machine is."""
        return self.folder / path.removeprefix("/")

    def mapped(self, text: str) -> str:
        """The same text with its paths in our folder."""
        places = "|".join(map(re.escape, FOLDERS))
        return re.sub(rf"(?<![\w.])({places})(?![\w])", rf"{self.folder}\1", text)

    def stub(self, name: str, act: str = "") -> None:
        path = self._tools / name
        path.unlink(missing_ok=True)
        note = f"echo {name} \"$*\" >>'{self.folder}/done'"
        path.write_text(f"#!/bin/sh\n{note}\n{act}\n")
        path.chmod(0o755)

    def run(self, shell: str, cwd: str = "", **environment: str) -> str:
        """Run a block of shell; it must go well."""
        whole = {
            "PATH": f"{self._tools}:{self.at('/usr/local/bin')}:/usr/local/bin:/usr/bin:/bin",
            "HOME": str(self.folder), "DOMAIN": NAME, "PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_ROOT_USER_ACTION": "ignore", **environment,
        }  # fmt: skip
        done = subprocess.run(
            ["sh", "-euc", self.mapped(shell)], cwd=self.at(cwd) if cwd else self.folder,
            env=whole, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{shell}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    @property
    def done(self) -> list[str]:
        return (self.folder / "done").read_text().splitlines()

    def as_nobody(self, command: list[str]) -> list[str]:
        """The command as a user who owns nothing here, where we may choose one."""
        if os.geteuid() != 0:
            return command
        if not self.others:  # nobody else may start it: then without what makes root root
            return ["setpriv", "--bounding-set=-all", "--no-new-privs", *command]
        who = [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        return ["setpriv", *who, "--no-new-privs", *command]


def _python() -> Path:
    """The Python of this environment, or its like that everybody may start."""
    ours, systems = Path(sys.executable).resolve(), Path("/usr/bin/python3").resolve()
    if _open(ours) or not systems.exists():
        return ours
    return systems if systems.name == ours.name else ours


def _open(program: Path) -> bool:
    """Whether every user gets to it."""
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in program.parents)


@contextmanager
def fresh() -> Iterator[Machine]:
    """An empty machine that everybody can look into, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="polis-machine-", dir="/var/tmp"))
    folder.chmod(0o755)
    ours = os.umask(0o022)  # a new machine's; a test before may have left Polis's own
    try:
        yield Machine(folder)
    finally:
        os.umask(ours)
        shutil.rmtree(folder)


def tracked() -> list[str]:
    """The files of a release: those that are under version control, or will be."""
    listed = _git("ls-files", "--cached", "--others", "--exclude-standard")
    return [name for name in listed.splitlines() if (ROOT / name).is_file()]


def released(folder: Path) -> Path:
    """What `make release` packs of the files as they are here, whether they are committed or not.

    They are put into an index and a store of git's own beside ours, which stay as they are.
    """
    (folder / "objects").mkdir()
    ours = _git("rev-parse", "--path-format=absolute", "--git-path", "objects").strip()
    aside = {
        "GIT_INDEX_FILE": str(folder / "index"), "GIT_OBJECT_DIRECTORY": str(folder / "objects"),
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": ours,
    }  # fmt: skip
    _git("update-index", "--add", "--stdin", given="\n".join(tracked()), **aside)
    tree = _git("write-tree", **aside).strip()
    done = subprocess.run(
        ["make", "--no-print-directory", "release", f"REVISION={tree}", f"INTO={folder}"],
        cwd=ROOT, env={**os.environ, **aside}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return Path(done.stdout.strip())


def _git(*asked: str, given: str = "", **aside: str) -> str:
    done = subprocess.run(
        ["git", *asked],
        cwd=ROOT, env={**os.environ, **aside}, input=given, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout
