"""What happens to a client's tokens at Polis: one is over, or all are taken back."""

import json
import urllib.error
import urllib.request
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa

from app.kit import clock, secrets
from app.models.grants import AccessToken
from tests.served import Served, rpc


def expire(served: Served, access_token: str) -> None:
    """Let an access token be over, as it is after thirty days; all else of its grant lives."""
    mine = AccessToken.digest == secrets.digest(access_token)
    over = sa.update(AccessToken).where(mine).values(expires_at=clock.now() - timedelta(seconds=1))
    engine = sa.create_engine(served.environment["POLIS_DATABASE_URL"])
    with engine.begin() as connection:
        assert connection.execute(over).rowcount == 1
    engine.dispose()
    assert is_refused(served.url, access_token)


def revoke(served: Served, client_id: str, token: str) -> None:
    """RFC 7009, as a public client does it: its id and its token are enough."""
    metadata = _read(f"{served.base}/.well-known/oauth-authorization-server")
    form = urlencode({"client_id": client_id, "token": token}).encode()
    with urllib.request.urlopen(metadata["revocation_endpoint"], form, timeout=30) as answer:
        assert answer.status == 200


def is_refused(url: str, access_token: str) -> bool:
    """Whether an MCP door answers this token with a challenge."""
    try:
        rpc(url, access_token, "tools/call", {"name": "polis_account", "arguments": {}})
    except urllib.error.HTTPError as error:
        with error:
            challenge = error.headers["WWW-Authenticate"]
            return error.code == 401 and 'error="invalid_token"' in challenge
    return False


class Requests:
    """What came to the server from now on, by its own log: method, route and status."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._from = len(served.log)

    def __iter__(self):
        for line in self._served.log[self._from :].splitlines():
            if line.startswith('{"event":"http"'):
                told = json.loads(line)
                yield told["method"], told["route"], told["status"]

    def hold(self, *expected: tuple[str, str, int]) -> bool:
        """Whether these came in this order, whatever came between them."""
        came = iter(self)
        return all(each in came for each in expected)


def _read(url: str) -> dict[str, Any]:
    with urllib.request.urlopen(url, timeout=30) as answer:
        facts: dict[str, Any] = json.loads(answer.read())
        return facts
