"""`polis org`: organizations the operator stops and lets go on."""

import click
from sqlalchemy.orm import Session

from app.cli import environment
from app.cli.output import JSON, fail, show
from app.domain import accounts, suspending
from app.kit import clock

_EMAIL = click.option("--email", help="Of the person whose own organization it is.")


@click.group()
def org() -> None:
    """Stop organizations, and let them go on."""


@org.command("suspend")
@click.argument("organization_id", required=False)
@_EMAIL
@click.option("--reason", default="", help="Kept with it, and in its log.")
@JSON
def org_suspend(
    organization_id: str | None,
    email: str | None,
    reason: str,
    as_json: bool,  # noqa: FBT001 # click's flag
) -> None:
    """Refuse everything of an organization from the next request on; nothing of it is deleted."""
    its = environment.services()
    with its.transaction() as session:
        id_ = _named(session, organization_id, email)
        name = suspending.suspend(session, id_, reason, clock.now())
    facts = {"organization_id": id_, "name": name, "suspended": True, "reason": reason or None}
    show(as_json, facts, f"{name} ({id_}) is suspended.")


@org.command("resume")
@click.argument("organization_id", required=False)
@_EMAIL
@JSON
def org_resume(organization_id: str | None, email: str | None, as_json: bool) -> None:  # noqa: FBT001 # click's flag
    """Let a suspended organization go on."""
    its = environment.services()
    with its.transaction() as session:
        id_ = _named(session, organization_id, email)
        name = suspending.resume(session, id_, clock.now())
    facts = {"organization_id": id_, "name": name, "suspended": False}
    show(as_json, facts, f"{name} ({id_}) goes on.")


def _named(session: Session, organization_id: str | None, email: str | None) -> str:
    if (organization_id is None) == (email is None):
        fail("Give the organization's id, or --email of the person whose own it is.")
    return organization_id or accounts.find(session, email or "").organization_id
