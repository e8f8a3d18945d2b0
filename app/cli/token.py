"""`polis token`: OAuth tokens by hand, for tests and benches."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TypeVar

import click
from sqlalchemy.orm import Session

from app.bootstrap import Services
from app.cli import environment
from app.cli.output import EMAIL, JSON, fail, show
from app.domain import accounts
from app.domain.grants import by_hand
from app.domain.grants.answers import Tokens
from app.domain.grants.by_hand import Connecting
from app.kit import clock

_AT_ONCE = 250  # in one transaction: others write in between

T = TypeVar("T")


@click.group()
def token() -> None:
    """Make OAuth tokens, for tests and benches."""


@token.command("issue")
@EMAIL
@click.option("--count", default=1, show_default=True, type=click.IntRange(0, 100_000))
@click.option("--codes", default=0, show_default=True, type=click.IntRange(0, 100_000))
@JSON
def token_issue(email: str, count: int, codes: int, as_json: bool) -> None:  # noqa: FBT001 # click's flag
    """Make pairs of tokens and unused authorization codes, each of a connection of its own."""
    if not environment.here().development:
        fail("polis token issue is for development; in production people approve their apps.")
    its = environment.services()
    with its.transaction() as session:
        of = by_hand.client(session, accounts.find(session, email), clock.now())
    pairs = list(_made(its, of, by_hand.tokens, count))
    unused = list(_made(its, of, by_hand.code, codes))
    show(as_json, _facts(of, pairs, unused), _sentence(of, pairs, unused))


def _made(
    its: Services, of: Connecting, one: Callable[[Session, Connecting, datetime], T], times: int
) -> Iterator[T]:
    for done in range(0, times, _AT_ONCE):
        with its.transaction() as session:
            now = clock.now()
            yield from [one(session, of, now) for _ in range(min(_AT_ONCE, times - done))]


def _facts(of: Connecting, pairs: list[Tokens], codes: list[str]) -> dict[str, object]:
    return {
        "client_id": of.client.client_id,
        "redirect_uri": by_hand.REDIRECT_URI,
        "code_verifier": of.verifier,
        "tokens": [
            {"access_token": each.access_token, "refresh_token": each.refresh_token}
            for each in pairs
        ],
        "codes": codes,
    }


def _sentence(of: Connecting, pairs: list[Tokens], codes: list[str]) -> str:
    lines = [f"client_id {of.client.client_id}"]
    lines += [
        f"access_token {each.access_token}\nrefresh_token {each.refresh_token}" for each in pairs
    ]
    if codes:
        lines += [f"redirect_uri {by_hand.REDIRECT_URI}", f"code_verifier {of.verifier}"]
    return "\n".join([*lines, *(f"code {each}" for each in codes)])
