"""`polis restore`: a backup in the place of the database, for good or not at all."""

import sys
from pathlib import Path
from typing import Any

import click

from app import migrations, outbox
from app.adapters import backups, files
from app.adapters.backups import BackupRefused, Place
from app.adapters.backups.place import strangers
from app.cli import environment
from app.cli.output import JSON, show
from app.cli.soundness import lines, told
from app.db import Database
from app.domain import restored, soundness
from app.domain.restored import Ended
from app.domain.soundness import Looked
from app.kit import clock


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--verify", is_flag=True, help="Look at all of it first, and tell what was found.")
@click.option("--end-credentials", is_flag=True, help="End keys, connections and shared links too.")
@click.option("--dry-run", is_flag=True, help="Look at it in a place of its own; write nothing.")
@click.option("--force", is_flag=True, help="Write over a database that is in use.")
@JSON
def restore(
    file: Path,
    verify: bool,  # noqa: FBT001 # click's flags
    end_credentials: bool,  # noqa: FBT001
    dry_run: bool,  # noqa: FBT001
    force: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
) -> None:
    """Put a backup in the place of the database; every session, link and code in it ends."""
    settings = environment.here()
    files.private(settings.instance_dir)
    place = backups.place(settings.database)
    backups.check_kind(file, place)
    _check_revision(place, file)
    if dry_run:
        with place.beside(file) as database:
            migrations.upgrade(database)
            found = _looked(database)
        _tell(as_json, {"file": str(file), "restored": False}, None, found)
        return
    _check_target(place, force=force)
    try:
        with place.replaced(file) as database:
            migrations.upgrade(database)
            ended = _end(database, file, credentials=end_credentials)
            found = _looked(database) if verify else []
            _check_sound(found)
    except _NotSound:
        _tell(as_json, {"file": str(file), "restored": False}, None, found)
        return
    _tell(as_json, {"file": str(file), "restored": True}, ended, found)


class _NotSound(Exception):
    """The backup does not hold; leaving the block leaves the database as it was."""


def _check_revision(place: Place, file: Path) -> None:
    revision = place.revision(file)
    if revision not in migrations.known():
        raise BackupRefused(
            f"{file} was made by a newer Polis (schema {revision}).",
            hint="Install that version or a later one, then restore.",
        )


def _check_target(place: Place, *, force: bool) -> None:
    """Nobody may be at work in it, and nothing may be lost that was not meant to be."""
    beat = place.last_beat()
    if beat is not None and -outbox.AHEAD < clock.now() - beat < outbox.SILENCE:
        raise BackupRefused(
            "A worker was heard of within the last minute.",
            hint="Stop web and workers; one that was killed is forgotten after a minute.",
        )
    others = place.others()
    if others:
        raise BackupRefused(f"{others}.", hint="Stop web and workers, then restore.")
    foreign = strangers(place.tables())
    if foreign:
        raise BackupRefused(
            f"There are tables in it that are not Polis's: {', '.join(foreign[:5])}.",
            hint="Set POLIS_DATABASE_URL to a database of its own.",
        )
    if place.is_used() and not force:
        raise BackupRefused(
            "The database is not empty.",
            hint="Set POLIS_DATABASE_URL to an empty one, or add --force to lose what is in it.",
        )


def _end(database: Database, file: Path, *, credentials: bool) -> Ended:
    with database.transaction() as session:
        return restored.end(session, clock.now(), credentials=credentials, backup=file.name)


def _looked(database: Database) -> list[Looked]:
    with database.snapshot() as session:
        return soundness.look(session, clock.now(), at_rest=True)


def _check_sound(found: list[Looked]) -> None:
    if soundness.faults(found):
        raise _NotSound


def _tell(
    as_json: bool,  # noqa: FBT001 # click's flag
    facts: dict[str, Any],
    ended: Ended | None,
    found: list[Looked],
) -> None:
    facts |= {"ended": None if ended is None else ended._asdict()} | told(found)
    sound = not soundness.faults(found)
    say = "is in the place of the database" if facts["restored"] else "was not put anywhere"
    sentences = [f"{facts['file']} {say}.", *lines(found)]
    if ended is not None:
        over = ", ".join(f"{count} {name}" for name, count in ended._asdict().items())
        sentences.append(f"Ended: {over}.")
    show(as_json, facts, "\n".join(sentences))
    sys.exit(0 if sound else 1)
