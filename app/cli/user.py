"""`polis user`: people by hand."""

import click

from app.cli import environment
from app.cli import sample_data as samples
from app.cli.output import EMAIL, JSON, show
from app.domain import accounts, passwords
from app.kit import clock


@click.group()
def user() -> None:
    """Make people."""


@user.command("create")
@EMAIL
@click.option("--password", required=True, help=f"At least {passwords.SHORTEST} characters.")
@click.option("--verified", is_flag=True, help="Count the address as proved; gives the trial.")
@click.option(
    "--sample-data",
    is_flag=True,
    help=f"Add finished runs, a thread, a comparison, {samples.TOKENS} tokens.",
)
@JSON
def user_create(
    email: str,
    password: str,
    verified: bool,  # noqa: FBT001 # click's flags
    sample_data: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
) -> None:
    """Make a person and their organization."""
    its = environment.services()
    digest = passwords.hash_password(password)
    with its.transaction() as session:
        person = accounts.create(
            session,
            email,
            password_digest=digest,
            mode=its.settings.payment_mode,
            now=clock.now(),
            verified=verified,
            trial_tokens_per_day=its.settings.trial_tokens_per_day,
        )
    if sample_data:
        samples.fill(its, person)
    facts = {
        "user_id": person.user_id,
        "email": person.email,
        "organization_id": person.organization_id,
    }
    show(as_json, facts, f"Made {person.email} with the organization {person.organization_id}.")
