"""People, keys and tokens by hand."""

import click

from app.cli import environment
from app.cli.output import JSON, show
from app.domain import accounts, audit, keys, ledger, wallets
from app.domain.wallets import Wallet
from app.kit import clock, ids

_EMAIL = click.option("--email", required=True, help="The person's address.")


@click.group()
def user() -> None:
    """Make people."""


@user.command("create")
@_EMAIL
@click.option("--password", required=True, help="At least 8 characters.")
@click.option("--verified", is_flag=True, help="Count the address as proved; gives the trial.")
@JSON
def user_create(email: str, password: str, verified: bool, as_json: bool) -> None:  # noqa: FBT001 # click's flags
    """Make a person and their organization."""
    its = environment.services()
    digest = accounts.hash_password(password)
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
    facts = {
        "user_id": person.user_id,
        "email": person.email,
        "organization_id": person.organization_id,
    }
    show(as_json, facts, f"Made {person.email} with the organization {person.organization_id}.")


@click.group()
def key() -> None:
    """Make API keys."""


@key.command("create")
@_EMAIL
@click.option("--name", required=True, help="What the key is for.")
@click.option("--scopes", default="mcp", help="mcp (default) or mcp:read.")
@click.option("--test", is_flag=True, help="A test key: spends nothing, embedded engine only.")
@JSON
def key_create(email: str, name: str, scopes: str, test: bool, as_json: bool) -> None:  # noqa: FBT001 # click's flags
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
        )
    facts = {"api_key": made.secret, "key_id": made.id, "prefix": made.prefix}
    show(as_json, facts, f"{made.secret}\nKeep it: it is not shown again.")


@click.command()
@_EMAIL
@click.option("--tokens", required=True, type=click.IntRange(1, 1_000_000_000))
@JSON
def grant(email: str, tokens: int, as_json: bool) -> None:  # noqa: FBT001 # click's flag
    """Add pack tokens to the live book of a person's organization."""
    its, now = environment.services(), clock.now()
    with its.transaction() as session:
        person = accounts.find(session, email)
        wallet = Wallet(person.organization_id, "live", its.settings.payment_mode)
        cause = f"operator:{ids.new('grt')}"
        ledger.grant(session, wallet, "packs", tokens, cause=cause, now=now)
        entry_id = ledger.entry_of(session, cause)
        balance = wallets.standing(session, wallet, now)
        facts = {"tokens": tokens, "cause": cause}
        audit.record(
            session,
            person.organization_id,
            audit.OPERATOR,
            "tokens.granted",
            person.organization_id,
            facts,
            now,
        )
    left = balance.included + balance.trial + balance.packs
    facts = {"entry_id": entry_id, "tokens": tokens, "balance": left}
    show(as_json, facts, f"Added {tokens} tokens; {left} can be spent.")
