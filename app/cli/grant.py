"""`polis grant`: tokens by hand."""

import click

from app.cli import environment
from app.cli.output import EMAIL, JSON, show
from app.domain import accounts, audit, ledger, wallets
from app.domain.wallets import Wallet
from app.kit import clock, ids


@click.command()
@EMAIL
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
