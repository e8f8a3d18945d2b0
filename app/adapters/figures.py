"""All figures of this installation as one text: its machine's counts, its database's gauges."""

import shutil
import threading
import time
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from app import __version__
from app.adapters import last_backup
from app.db import Database, DatabaseAway
from app.domain import gauged
from app.kit import clock, exposition, meters
from app.kit.machine import Machine, Sums
from app.settings import Settings

FRESH_S = 5.0  # the database is asked no more often, whoever scrapes


class Figures:
    """What `GET /metrics` and `polis metrics` tell."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._machine = Machine(settings.instance_dir)
        self._lock = threading.Lock()
        self._kept: tuple[float, Sums] = (-FRESH_S, {})

    def text(self) -> str:
        """Everything, in Prometheus' format."""
        counted, living = self._machine.sums()
        if not living:  # this process has joined nobody
            counted |= {series: list(numbers) for series, numbers in meters.own().read()}
        here: Sums = {
            (meters.PROCESSES.name, kind): [float(count)] for kind, count in living.items()
        }
        return exposition.text(counted | here | self._settled() | self._gauges())

    def _settled(self) -> Sums:
        its = self._settings
        free = _free(its.instance_dir)
        disk: Sums = {} if free is None else {(meters.DISK_FREE.name,): [float(free)]}
        budget = float(its.engine_daily_usd * 1_000_000)
        return disk | {
            (meters.BACKUP_MADE.name,): [last_backup.made(its.instance_dir)],
            (meters.BUILD.name, __version__): [1.0],
            (meters.MODEL_BUDGET.name,): [budget],
        }

    def _gauges(self) -> Sums:
        """At most one asks at a time; whoever comes meanwhile is told what it found."""
        with self._lock:
            at, found = self._kept
            if time.monotonic() - at >= FRESH_S:
                found = self._asked()
                self._kept = time.monotonic(), found
        return found

    def _asked(self) -> Sums:
        try:
            with self._database.reading() as session:
                return gauged.read(session, clock.now())
        except (DatabaseAway, SQLAlchemyError):  # away, or not brought to head yet
            return {(meters.DATABASE_UP.name,): [0.0]}


def _free(folder: Path) -> int | None:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None
