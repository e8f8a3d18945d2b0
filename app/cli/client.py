"""`polis client`: apps the operator shuts out."""

import click

from app.cli import environment
from app.cli.output import JSON, show
from app.domain.clients import blocked
from app.kit import clock


@click.group()
def client() -> None:
    """Shut connected apps out."""


@client.command("block")
@click.argument("client_id")
@click.option("--undo", is_flag=True, help="Let it in again; connections are approved anew.")
@JSON
def client_block(client_id: str, undo: bool, as_json: bool) -> None:  # noqa: FBT001 # click's flags
    """Shut an app out by its client_id: its connections end at once, and no new ones begin."""
    its, now = environment.services(), clock.now()
    act = blocked.unblock if undo else blocked.block
    with its.transaction() as session:
        done = act(session, client_id, now)
    facts = {
        "client_id": client_id,
        "name": done.name,
        "blocked": not undo,
        "connections_ended": done.connections,
    }
    state = "may connect again" if undo else f"is blocked; {done.connections} connections ended"
    show(as_json, facts, f"{done.name} {state}.")
