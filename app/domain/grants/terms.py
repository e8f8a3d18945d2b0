"""How much an app may spend and until when: what a person chose on the consent page."""

import re
from datetime import datetime, timedelta
from typing import NamedTuple

from app.domain.clients.known import KnownClient
from app.domain.grants.approve import REFRESH_LIFE
from app.errors import InvalidInput

UNVERIFIED_TOKENS = 300  # a month
UNVERIFIED_DAYS = 90

_DAYS = (30, 90, 180)
_MOST_TOKENS = 1_000_000_000
_GROUPED = re.compile(r"[0-9]{1,3}(?:[,. \u00a0\u202f'][0-9]{3})+|[0-9]{1,30}")


class Terms(NamedTuple):
    """A monthly spend limit in tokens (None: none of its own) and the days until access ends."""

    tokens: int | None
    days: int

    def ends(self, now: datetime) -> datetime:
        """When access ends, whatever is refreshed until then."""
        return now + timedelta(days=self.days)


class BadTerms(InvalidInput):
    """A limit nobody can mean, or an end that was not offered."""


def first(client: KnownClient) -> Terms:
    """What is filled in beforehand: an app nobody vouches for gets little and not for long."""
    offered = days(client)
    if client.verified:
        return Terms(None, offered[-1])
    return Terms(UNVERIFIED_TOKENS, min(UNVERIFIED_DAYS, offered[-1]))


def days(client: KnownClient) -> tuple[int, ...]:
    """The ends offered: none beyond what the client's refresh tokens live."""
    life = REFRESH_LIFE.days
    if client.refresh_life_s is not None:
        life = max(1, min(life, timedelta(seconds=client.refresh_life_s).days))
    return tuple(sorted({day for day in (*_DAYS, life) if day <= life}))


def limit(text: str) -> int | None:
    """A monthly limit as a person writes it; an empty one is none."""
    written = text.strip()
    if not written:
        return None
    if not _GROUPED.fullmatch(written):
        raise BadTerms("The limit is a whole number of tokens, or empty.", field="limit")
    amount = int(re.sub(r"\D", "", written))
    if amount > _MOST_TOKENS:
        raise BadTerms("The limit is at most 1,000,000,000 tokens.", field="limit")
    return amount


def read(client: KnownClient, tokens: str, until: str) -> Terms:
    """What a person wrote and chose."""
    amount, chosen = limit(tokens), until.strip()
    if chosen not in {str(day) for day in days(client)}:
        raise BadTerms("Choose one of the ends offered.", field="days")
    return Terms(amount, int(chosen))
