"""A served installation, and its database from the test's own process."""

import json
from http.client import HTTPConnection
from urllib.parse import urlencode

from sqlalchemy import func, select

from app import bootstrap
from app.models.grants import AccessToken
from app.settings import Settings
from tests import oauth
from tests.factories import member
from tests.oauth import REDIRECT, VERIFIER
from tests.served import Served

PING = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "ping", "params": {}})


class Installation:
    """A served installation, and the same database from here."""

    def __init__(self, served: Served) -> None:
        self.served = served
        facts = {
            "env": "development",
            "database_url": served.environment["POLIS_DATABASE_URL"],
            "instance_dir": served.folder,
        }
        self.services = bootstrap.build(Settings.model_validate(facts))
        self.who = member(self.services, verified=True)
        self.app = oauth.client(self.services)
        self.told: list[str] = []

    def post(self, path: str, body: str, **headers: str) -> tuple[int, dict]:
        connection = HTTPConnection("127.0.0.1", self.served.port, timeout=60)
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        told = json.loads(answer.read() or b"{}")
        connection.close()
        self.told += [told[name] for name in ("access_token", "refresh_token") if name in told]
        return answer.status, told

    def token(self, **form: str) -> tuple[int, dict]:
        body = urlencode({"client_id": self.app.client_id, **form})
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.post("/api/oauth/token", body, **kind)

    def exchange(self, code: str) -> tuple[int, dict]:
        return self.token(
            grant_type="authorization_code", code=code, redirect_uri=REDIRECT,
            code_verifier=VERIFIER,
        )  # fmt: skip

    def refresh(self, token: str) -> tuple[int, dict]:
        return self.token(grant_type="refresh_token", refresh_token=token)

    def ping(self, token: str) -> int:
        return self.post(
            "/api/mcp", PING,
            **{
                "Authorization": f"Bearer {token}", "Content-Type": "application/json",
                "MCP-Protocol-Version": "2025-11-25",
            },
        )[0]  # fmt: skip

    def approved(self) -> str:
        code = oauth.approved(self.services, self.who, self.app).code
        self.told.append(code)
        return code

    def connected(self) -> dict:
        status, told = self.exchange(self.approved())
        assert status == 200, told
        return told

    def rows(self) -> int:
        with self.services.database.reading() as session:
            return session.scalar(select(func.count()).select_from(AccessToken))
