"""`polis key`: API keys by hand."""

import click

from app.cli import environment
from app.cli.output import EMAIL, JSON, show
from app.domain import accounts, keys
from app.kit import clock


@click.group()
def key() -> None:
    """Make API keys."""


@key.command("create")
@EMAIL
@click.option("--name", required=True, help="What the key is for.")
@click.option("--scopes", default="mcp", help="mcp (default) or mcp:read.")
@click.option("--test", is_flag=True, help="A test key: spends nothing, embedded engine only.")
@click.option("--never-buys", is_flag=True, help="It is not offered tokens to buy.")
@JSON
def key_create(
    *, email: str, name: str, scopes: str, test: bool, never_buys: bool, as_json: bool
) -> None:
    """Make a key for a person's own organization; it is shown this once."""
    its = environment.services()
    with its.transaction() as session:
        person = accounts.find(session, email)
        made = keys.create(
            session,
            person.organization_id,
            user_id=person.user_id,
            name=name,
            now=clock.now(),
            book="test" if test else "live",
            scopes=tuple(scopes.replace(",", " ").split()),
            never_sells=never_buys,
        )
    facts = {"api_key": made.secret, "key_id": made.id, "prefix": made.prefix}
    show(as_json, facts, f"{made.secret}\nKeep it: it is not shown again.")
