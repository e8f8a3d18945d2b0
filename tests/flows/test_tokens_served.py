"""Codes and tokens where processes really run beside each other (S3, S5, S17, S18, S20)."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from app.domain.grants import end
from app.kit import clock
from app.models.grants import Grant
from tests.flows.beside import Installation
from tests.rounds import rounds

PING = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "ping", "params": {}})
SIXTEEN = 16


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
