"""Who is calling: one organization, through one credential, with certain rights."""

from datetime import datetime
from typing import NamedTuple

from app.domain.spend_limits import SpendLimit
from app.domain.wallets import Standing, Wallet

READ = "mcp:read"  # the free tools
FULL = "mcp"  # everything the tools do
SCOPES = (FULL, READ)


class Caller(NamedTuple):
    """What an API key or access token resolves to; both look the same from here on."""

    organization_id: str
    organization_name: str
    email: str | None  # of the organization's owner; None for organization tokens
    user_id: str | None
    via: str  # key | oauth | none (local, without any credential)
    credential_id: str
    subject: str  # key:<lineage> or app:<organization>:<app>: whose spending counts
    scopes: frozenset[str]
    book: str
    mode: str
    claimed: bool
    standing: Standing  # of the moment the credential was checked
    limit_tokens: int | None
    limit_used: int
    audience: str | None = None  # the one name a token is good at; None: every name
    never_sells: bool = False  # an app or a key that is not offered to buy tokens

    @property
    def wallet(self) -> Wallet:
        """The balance this caller spends from."""
        return Wallet(self.organization_id, self.book, self.mode)

    def may(self, scope: str) -> bool:
        """Whether a scope was granted; the full one includes reading."""
        return scope in self.scopes or FULL in self.scopes

    def can_pay(self, tokens: int) -> bool:
        """Whether a price could be held right now, within every cap and limit."""
        limit = self.limit_tokens
        return tokens <= self.standing.spendable and (
            limit is None or self.limit_used + tokens <= limit
        )

    def spend_limit(self, now: datetime) -> SpendLimit:
        """The counter this caller's spending goes through."""
        kind = "app" if self.via == "oauth" else "key"
        return SpendLimit(self.subject, kind, self.period(now), self.limit_tokens, self.user_id)

    def period(self, now: datetime) -> datetime:
        """Start of the period this caller's limit counts in."""
        return self.standing.period(self.book, now)
