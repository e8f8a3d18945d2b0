"""`polis backup`: one intact copy of the database, while everything goes on."""

from pathlib import Path

import click

from app.adapters import backups, files, last_backup
from app.adapters.backups import whole
from app.cli import environment
from app.cli.output import JSON, show


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@JSON
def backup(file: Path, force: bool, as_json: bool) -> None:  # noqa: FBT001 # click's flags
    """Back the database up into FILE, readable by you alone; whole, or not at all."""
    settings = environment.here()
    files.private(settings.instance_dir)
    place = backups.place(settings.database)
    with whole.written(file, force=force) as copy:
        place.dump(copy)
        revision = place.revision(copy)
    last_backup.mark(settings.instance_dir)
    size = file.stat().st_size
    facts = {"file": str(file), "bytes": size, "database": place.kind, "revision": revision}
    sentence = (
        f"{file} holds the whole database, {size:,} bytes, schema {revision}. "
        "POLIS_SECRET_KEY is not in it: keep that elsewhere."
    )
    show(as_json, facts, sentence)
