"""`polis migrate-billing`: another payment mode for this installation."""

from typing import get_args

import click

from app import bootstrap
from app.cli import environment
from app.cli.output import JSON, fail, show
from app.domain.billing import moving
from app.kit import clock
from app.settings import PaymentMode

MODES = click.Choice(get_args(PaymentMode))


@click.command("migrate-billing")
@click.option("--from", "before", required=True, type=MODES, help="The mode it is in.")
@click.option("--to", "after", required=True, type=MODES, help="The mode the settings say.")
@JSON
def migrate_billing(before: str, after: str, as_json: bool) -> None:  # noqa: FBT001 # click's flag
    """Change the payment mode: bought tokens stay behind, trials come along."""
    its = bootstrap.build(environment.here())
    if its.settings.payment_mode != after:
        fail(f"The settings say {its.settings.payment_mode}, not {after}: set them first.")
    if before == after:
        fail(f"It is in mode {after} already.")
    environment.to_head(its)
    with its.transaction() as session:
        moved = moving.move(session, before, after, clock.now())
    facts = {"from": before, "to": after, **moved._asdict()}
    show(
        as_json,
        facts,
        f"The payment mode is {after} now. {moved.organizations} organizations; "
        f"{moved.trial_tokens} trial tokens came along, {moved.left_behind} bought or included "
        f"ones count in {before} alone.",
    )
