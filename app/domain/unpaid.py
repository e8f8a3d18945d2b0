"""Refusals of what nobody can pay for: how much is missing, and who can mend it."""

from app.domain.wallets import Standing
from app.errors import Kind, PolisError


class NotEnoughTokens(PolisError):
    """No bucket can pay the rest, and there is no overage for it."""

    kind = Kind.UNPAID
    code = "not_enough_tokens"


class SpendCapReached(PolisError):
    """A cap on overage, a key or an app stops here; `details.limit` says which."""

    kind = Kind.UNPAID
    code = "spend_cap_reached"


def owing(tokens: int) -> PolisError:
    """The refusal of everything while tokens are owed."""
    return NotEnoughTokens(
        f"{tokens} tokens were spent whose payment went back; they are owed.",
        hint="Buy a pack: what it brings pays this first, and tests start again.",
        owed_tokens=tokens,
    )


def short(standing: Standing, book: str, mode: str, tokens: int, missing: int) -> PolisError:
    """The refusal of a price of which some tokens are missing."""
    facts = {"needed_tokens": tokens, "missing_tokens": missing}
    if standing.price_micros:
        return SpendCapReached(
            f"This needs {tokens} tokens; the spend cap stops {missing} short.",
            hint="Ask an owner to raise the cap, or buy a pack.",
            limit="organization",
            **facts,
        )
    why, hint = _why(standing, book, mode)
    return NotEnoughTokens(
        f"This needs {tokens} tokens; {missing} are missing{why}.", hint=hint, **facts
    )


def _why(standing: Standing, book: str, mode: str) -> tuple[str, str]:
    """What else is to be said of it, and what helps where nothing is sold, or just now nothing."""
    if book == "test":
        hint = "The test book's tokens come anew at midnight UTC; an sk_live_ key spends others."
        return "", hint
    if mode == "off":
        return "", "Ask the operator of this installation for tokens, or test with fewer personas."
    if standing.overage_over and standing.usable_until is None:
        hint = "Buy a pack, or keep the plan under /app/billing."
        return ": the plan is about to end, and its overage has ended before it", hint
    if standing.overage_over:
        why = ": the next period is being paid for, and overage begins again with it"
        return why, "Try again in an hour, or buy a pack."
    return "", "Top up with a pack, choose a plan, or test with fewer personas or less detail."
