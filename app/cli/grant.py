"""`polis grant`: tokens by hand."""

import click

from app.cli import environment
from app.cli.output import EMAIL, JSON, show
from app.domain import accounts, audit, ledger, wallets
from app.domain.wallets import Standing, Wallet
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
        entry_id = ledger.grant_of(session, cause)
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
    facts = {
        "entry_id": entry_id,
        "tokens": tokens,
        "balance": balance.prepaid,
        "owed": balance.debt,
    }
    show(as_json, facts, f"Added {tokens} tokens; {_left(balance)}.")


def _left(balance: Standing) -> str:
    """What they are good for: overage counts, and whoever owes can spend nothing."""
    if balance.debt:
        return f"{balance.debt} are still owed: nothing can be spent until that many more come in"
    return f"{balance.spendable} can be spent"
