"""`polis metrics`: the figures of `GET /metrics`, for a machine without a port."""

import sys

import click

from app import bootstrap
from app.adapters.figures import Figures
from app.cli import environment


@click.command()
def metrics() -> None:
    """Print the figures of this machine and its database as Prometheus reads them."""
    its = bootstrap.build(environment.here())
    sys.stdout.write(Figures(its.settings, its.database).text())
    its.database.dispose()
