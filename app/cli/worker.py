"""`polis worker`: one worker process."""

import click

from app import bootstrap
from app.adapters import telling
from app.cli import environment
from app.kit import logs


@click.command()
def worker() -> None:
    """Run one worker process until SIGTERM."""
    from app.worker import process  # noqa: PLC0415 # brings huey and the engine

    its = bootstrap.build(environment.read())
    logs.configure()
    telling.begin(its.settings, "worker")
    environment.prepare(its)
    process.run(its)
