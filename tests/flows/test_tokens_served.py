"""Codes and tokens where processes really run beside each other (S3, S5, S17, S18, S20)."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import Barrier
from urllib.parse import urlencode

import pytest
from sqlalchemy import func, select

from app import bootstrap
from app.domain.grants import end
from app.kit import clock
from app.models.grants import AccessToken, Grant
from app.settings import Settings
from tests import oauth
from tests.factories import member
from tests.oauth import REDIRECT, VERIFIER
from tests.rounds import rounds
from tests.served import Served

PING = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "ping", "params": {}})
SIXTEEN = 16


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


@pytest.fixture
def running(served):
    installation = Installation(served)
    yield installation
    installation.services.database.dispose()


def at_once(act) -> list:
    """What sixteen callers got who asked at the same instant."""
    gate = Barrier(SIXTEEN)

    def one(_):
        gate.wait(60)
        return act()

    with ThreadPoolExecutor(SIXTEEN) as pool:
        return list(pool.map(one, range(SIXTEEN)))


def test_of_sixteen_redemptions_over_processes_one_is_answered(running):
    for _ in range(rounds(100)):
        code, before = running.approved(), running.rows()
        answers = at_once(lambda code=code: running.exchange(code))
        assert Counter(status for status, _ in answers) == {200: 1, 400: 15}
        assert running.rows() == before + 1


def test_sixteen_refreshes_over_processes_answer_the_same(running):
    for _ in range(rounds(100)):
        token = running.connected()["refresh_token"]
        answers = at_once(lambda token=token: running.refresh(token))
        assert Counter(status for status, _ in answers) == {200: SIXTEEN}
        assert len({(t["access_token"], t["refresh_token"]) for _, t in answers}) == 1


def test_a_reuse_ends_the_family_in_every_process(running):
    first = running.connected()
    second = running.refresh(first["refresh_token"])[1]
    third = running.refresh(second["refresh_token"])[1]
    assert [running.ping(each["access_token"]) for each in (first, second, third)] == [200] * 3
    assert running.refresh(first["refresh_token"])[0] == 400
    for each in (first, second, third):
        assert set(at_once(lambda each=each: running.ping(each["access_token"]))) == {401}


def test_a_disconnected_app_is_refused_by_every_process_at_the_next_request(running):
    for _ in range(rounds(50)):
        token = running.connected()["access_token"]
        assert set(at_once(lambda token=token: running.ping(token))) == {200}
        with running.services.transaction() as session:
            mine = Grant.organization_id == running.who.organization_id
            grant = session.scalars(select(Grant).where(mine, Grant.ended_at.is_(None))).one()
            end.of_app(session, grant.organization_id, grant.app, "disconnected", clock.now())
        assert set(at_once(lambda token=token: running.ping(token))) == {401}


def test_no_secret_of_the_flow_is_kept_or_logged(running):
    for _ in range(3):
        token = running.refresh(running.connected()["refresh_token"])[1]["access_token"]
        running.post(f"/api/mcp?access_token={token}", PING)
        assert running.post(f"/mcp?access_token={token}", PING)[0] == 401
    assert len(running.told) == 15
    log = running.served.log
    assert [secret for secret in running.told if secret in log] == []
    if running.services.database.sqlite:
        kept = b"".join(
            file.read_bytes() for file in running.served.folder.iterdir() if file.is_file()
        )
        assert [secret for secret in running.told if secret.encode() in kept] == []
