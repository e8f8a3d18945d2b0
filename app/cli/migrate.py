"""`polis migrate`: the schema."""

import click

from app import bootstrap, migrations
from app.cli import environment
from app.cli.output import JSON, show


@click.command()
@JSON
def migrate(as_json: bool) -> None:  # noqa: FBT001 # click's flag
    """Bring the database's schema to head."""
    its = bootstrap.build(environment.here())
    environment.prepare(its)
    facts = {"at_head": migrations.at_head(its.database)}
    show(as_json, facts, "The database is at head.")
