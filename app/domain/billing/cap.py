"""The cap on an organization's overage: dollars a period, as its owners set them."""

import re
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain import audit, plans, wallets
from app.domain.billing import accounts
from app.domain.sessions import SignInAgain
from app.domain.wallets import Standing, Wallet
from app.errors import Conflict, InvalidInput
from app.kit.money import usd
from app.models.billing import Balance

MOST_MICROS = 100_000 * plans.MICROS
_DOLLARS = re.compile(
    r"\$? ?(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12})(?:\.(?P<cents>[0-9]{1,2}))?"
)


def set_cap(
    session: Session,
    organization_id: str,
    mode: str,
    micros: int,
    *,
    fresh: bool,
    actor: str,
    now: datetime,
) -> bool:
    """Let overage cost at most so much a period; says whether that differs from before.

    More takes a fresh sign-in. Less stops at once, even below what is used already.
    """
    check(micros)
    wallet = Wallet(organization_id, "live", mode)
    account = accounts.locked(session, organization_id, mode)  # first, as whoever applies a notice
    balance = wallets.locked(session, wallet)
    if not can_have(wallets.at(wallets.kept(balance), wallet.book, now)):
        raise Conflict(
            "Only an organization with a paid plan has overage.",
            hint="Choose a plan first, or buy a pack.",
        )
    before = balance.cap_micros
    if micros > before and not fresh:
        raise SignInAgain("This needs a fresh sign-in.", hint="Sign in again, then send it.")
    account.cap_chosen = True
    if micros == before:
        return False
    _write(session, balance, micros, actor, now)
    return True


def can_have(standing: Standing) -> bool:
    """Whether a wallet is on a plan whose overage a cap is about."""
    return standing.plan in plans.PAID_PLANS and standing.status != "inactive"


def read(typed: str) -> int:
    """An amount as a person writes it, such as `$1,250.50`."""
    written = _DOLLARS.fullmatch(typed.strip())
    if written is None:
        raise InvalidInput("Write dollars and cents as 1250.50.", field="cap")
    whole, cents = written["whole"].replace(",", ""), (written["cents"] or "").ljust(2, "0")
    micros = int(whole) * plans.MICROS + int(cents) * plans.CENT
    check(micros)
    return micros


def check(micros: int) -> None:
    """Refuse an amount that nobody can mean."""
    if micros % plans.CENT:
        raise InvalidInput("The cap is an amount in whole cents.", field="cap")
    if not 0 <= micros <= MOST_MICROS:
        raise InvalidInput(
            f"The cap is at most ${MOST_MICROS // plans.MICROS:,} a period.", field="cap"
        )


def _write(session: Session, balance: Balance, micros: int, actor: str, now: datetime) -> None:
    facts = {"from": usd(balance.cap_micros), "to": usd(micros)}
    balance.cap_micros = micros
    session.flush()
    whose = balance.organization_id
    audit.record(session, whose, actor, "billing.cap_changed", whose, facts, now)
