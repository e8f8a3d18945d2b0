"""`polis app`: apps the operator vouches for."""

import click

from app.cli import environment
from app.cli.output import JSON, show
from app.domain.clients import verified
from app.kit import clock


@click.group()
def app() -> None:
    """Vouch for connected apps."""


@app.command("verify")
@click.argument("client_id")
@click.option("--undo", is_flag=True, help="Vouch for it no longer.")
@JSON
def app_verify(client_id: str, undo: bool, as_json: bool) -> None:  # noqa: FBT001 # click's flags
    """Show an app as verified: you know who is behind it."""
    its = environment.services()
    with its.transaction() as session:
        name = verified.mark(session, client_id, clock.now(), verified=not undo)
    facts = {"client_id": client_id, "name": name, "verified": not undo}
    state = "is shown as verified" if not undo else "is verified no longer"
    show(as_json, facts, f"{name} {state}.")
