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
    show(as_json, facts, _AT_HEAD if facts["at_head"] else _NEWER)


_AT_HEAD = "The database is at head."
_NEWER = (
    "The database has been brought further by a newer Polis. This one is the release just before "
    "and works on it."
)
