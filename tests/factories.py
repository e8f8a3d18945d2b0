"""Whole valid objects for tests."""

from dataclasses import dataclass
from pathlib import Path

from app.bootstrap import Services
from app.domain import accounts, keys, ledger
from app.domain.callers import Caller
from app.domain.wallets import Wallet
from app.kit import clock, ids
from app.models.accounts import User
from app.settings import Settings


def settings_for(database_url: str, folder: Path, **more: object) -> Settings:
    """Development settings on a database, limits off unless a test is about them."""
    facts = {
        "env": "development",
        "database_url": database_url,
        "instance_dir": folder,
        "secret_key": ("a secret of the tests alone",),
        "rate_limits": False,
    }
    return Settings.model_validate(facts | more)


@dataclass(frozen=True)
class Member:
    """A person with an organization and a key."""

    user_id: str
    organization_id: str
    key: str
    key_id: str


def member(
    services: Services,
    *,
    tokens: int = 0,
    book: str = "live",
    verified: bool | None = None,
    scopes: tuple[str, ...] = ("mcp",),
    cap: int | None = None,
    email: str = "",
) -> Member:
    """A new person, with so many pack tokens.

    `verified` gives them a trial; False leaves their address unproved; else it is proved, and the
    trial was another's, so that they have no tokens but those asked for.
    """
    now, mode = clock.now(), services.settings.payment_mode
    with services.transaction() as session:
        person = accounts.create(
            session,
            email or f"{ids.new('p')}@example.com",
            password_digest=None,
            mode=mode,
            now=now,
            verified=bool(verified),
            trial_tokens_per_day=1_000_000,
        )
        if verified is None:
            session.get_one(User, person.user_id).email_verified_at = now
        made = keys.create(
            session,
            person.organization_id,
            user_id=person.user_id,
            name="test",
            now=now,
            book=book,
            scopes=scopes,
            monthly_cap_tokens=cap,
        )
        if tokens:
            wallet = Wallet(person.organization_id, "live", mode)
            ledger.grant(session, wallet, "packs", tokens, cause=f"test:{made.id}", now=now)
    return Member(person.user_id, person.organization_id, made.secret, made.id)


def caller(services: Services, who: Member) -> Caller:
    """The caller a member's key resolves to right now."""
    return services.credentials.authenticate(who.key, clock.now())
