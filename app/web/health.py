"""Whether this process answers, and whether the installation can do its work."""

import shutil
from collections.abc import Callable
from pathlib import Path

from flask import Blueprint, Response, jsonify
from sqlalchemy.exc import SQLAlchemyError

from app import outbox
from app.bootstrap import Services
from app.db import DatabaseAway
from app.db.away import away
from app.kit import clock
from app.web.services import services

blueprint = Blueprint("health", __name__)

LEAST_DISK = 64 * 1024 * 1024


@blueprint.get("/healthz")
def healthz() -> Response:
    """This process is up."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Every part that a request or a run needs; 503 names what is missing."""
    found = states()
    ready = all(state == "ok" for state in found.values())
    return jsonify(status="ok" if ready else "unavailable", checks=found), 200 if ready else 503


def states() -> dict[str, str]:
    """How every part is right now: `ok`, or what is wrong with it."""
    return {name: _holds(check) for name, check in _CHECKS.items()}


def _holds(check: Callable[[Services], str]) -> str:
    try:
        return check(services())
    except (DatabaseAway, SQLAlchemyError, OSError) as error:
        is_away = isinstance(error, DatabaseAway) or away(error) is not None
        return "away" if is_away else type(error).__name__


def _database(its: Services) -> str:
    its.database.probe(outbox.NOTHING)
    return "ok"


def _migrations(its: Services) -> str:
    from app import migrations  # noqa: PLC0415 # Alembic is big, and asked for here alone

    stands = migrations.standing(its.database)
    return "ok" if stands in {"head", "ahead"} else "not at head: run polis migrate"


def _worker(its: Services) -> str:
    now = clock.now()
    with its.database.reading() as session:
        beat = outbox.last_beat(session, now)
    if beat is None or now - beat > outbox.SILENCE:
        return "no worker was heard of for a minute: run polis worker"
    return "ok"


def _disk(its: Services) -> str:
    """Where exports and figures are written, and the database where it is a file."""
    database = its.settings.database
    written = [its.settings.instance_dir]
    if database.startswith("sqlite"):
        written.append(Path(database.removeprefix("sqlite:///")))
    free = min(shutil.disk_usage(path).free for path in written)
    return "ok" if free > LEAST_DISK else f"{free // 1024 // 1024} MiB left"


_CHECKS = {
    "database": _database,
    "migrations": _migrations,
    "worker": _worker,
    "disk": _disk,
}
