"""`polis refund`: what a run cost, given back."""

import click

from app.cli import environment
from app.cli.output import JSON, show
from app.domain.runs import refund as refunding
from app.kit import clock


@click.command()
@click.argument("run")
@JSON
def refund(run: str, as_json: bool) -> None:  # noqa: FBT001 # click's flag
    """Give back all that a finished run or comparison was charged; its report goes."""
    its = environment.services()
    with its.transaction() as session:
        done = refunding.refund(session, run, clock.now())
    facts = {
        "run_id": done.handle,
        "organization_id": done.organization_id,
        "refunded_tokens": done.tokens,
    }
    show(as_json, facts, f"{done.tokens} tokens of {done.handle} went back.")
