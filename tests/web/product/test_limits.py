"""Messages are counted for each organization: 30 at once, then 120 a minute, told on each answer."""

from contextlib import contextmanager
from dataclasses import replace

import pytest
import time_machine

from app.db import DatabaseAway
from app.kit import clock
from tests import oauth
from tests.factories import member
from tests.rounds import rounds
from tests.together import together
from tests.tools.installation import HELLO, running
from tests.web.rest.program import Program

NAMES = [
    f"{prefix}RateLimit-{name}" for prefix in ("", "X-") for name in ("Limit", "Remaining", "Reset")
]
PING = {"jsonrpc": "2.0", "id": 1, "method": "ping"}


@pytest.fixture
def limited(polis):
    """The same installation with its limits on, in a moment that stands still."""
    settings = polis.services.settings.model_copy(update={"rate_limits": True})
    with (
        running(replace(polis.services, settings=settings)) as installation,
        time_machine.travel(clock.now(), tick=False) as traveller,
    ):
        installation.traveller = traveller
        yield installation


def _told(answer):
    return [int(answer.headers[name]) for name in NAMES]


def test_every_answer_tells_what_is_left(limited):
    agent = limited.agent()
    assert _told(agent.ask("ping")) == [120, 29, 1] * 2
    assert _told(agent.ask_modern("tools/list")) == [120, 28, 1] * 2
    assert _told(agent.ask("no/such/method")) == [120, 27, 2] * 2
    assert _told(agent.send(b"{")) == [120, 26, 2] * 2
    assert _told(agent.send({"jsonrpc": "2.0", "method": "notifications/initialized"}))[1] == 25
    refusal = agent.ask("tools/call", {"name": "polis_status", "arguments": {"run_id": "x"}})
    assert _told(refusal)[1] == 24


def test_thirty_at_once_and_then_one_each_half_second(limited):
    agent = limited.agent()
    statuses = [agent.ask("ping").status_code for _ in range(31)]
    assert statuses == [200] * 30 + [429]
    limited.traveller.shift(0.5)
    assert [agent.ask("ping").status_code for _ in range(2)] == [200, 429]
    limited.traveller.shift(60)
    assert [agent.ask("ping").status_code for _ in range(31)] == [200] * 30 + [429]


def test_a_refusal_says_when_to_come_back_and_that_it_was_right(limited):
    agent = limited.agent()
    for _ in range(30):
        agent.ask("ping")
    with limited.unchanged():
        answer = agent.ask("tools/call", {"name": "polis_test", "arguments": HELLO})
    assert answer.status_code == 429
    assert answer.json["error"]["message"].startswith("Too many requests")
    assert answer.json["error"]["data"]["request_id"] == answer.headers["X-Request-Id"]
    assert answer.headers["Retry-After"] == "1"
    assert answer.json["error"]["data"]["retry_after_s"] == 1
    assert answer.json["error"]["data"]["limit"] == "mcp"
    assert _told(answer) == [120, 0, 1] * 2
    limited.traveller.shift(int(answer.headers["Retry-After"]))
    assert agent.ask("ping").status_code == 200


def test_all_credentials_of_an_organization_count_together_and_others_apart(limited):
    agent = limited.agent()
    second, other = limited.second_key(agent, book="test"), limited.agent()
    for _ in range(15):
        agent.ask("ping")
        second.ask("ping")
    assert (agent.ask("ping").status_code, second.ask("ping").status_code) == (429, 429)
    assert other.ask("ping").status_code == 200


def test_a_batch_counts_as_its_messages(limited):
    agent = limited.agent()
    batch = [{**PING, "id": number} for number in range(20)]
    assert _told(agent.send(batch, mcp_protocol_version="2025-03-26"))[1] == 10
    answer = agent.send(batch, mcp_protocol_version="2025-03-26")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "5")
    limited.traveller.shift(5)
    assert agent.send(batch, mcp_protocol_version="2025-03-26").status_code == 200


def test_what_comes_without_a_credential_counts_against_nobody(limited):
    agent, stranger = limited.agent(), limited.as_(None)
    for _ in range(40):
        assert stranger.ask("ping").status_code == 401
    assert _told(agent.ask("ping"))[1] == 29


def test_a_token_without_the_scopes_counts_for_its_organization_and_is_told(limited):
    who = member(limited.services, verified=True)
    made = oauth.tokens(limited.services, who, scopes=("openid",))
    agent = limited.as_(replace(who, key=made.access_token))
    answers = [agent.ask("ping") for _ in range(31)]
    assert [answer.status_code for answer in answers] == [403] * 30 + [429]
    assert _told(answers[0]) == [120, 29, 1] * 2
    assert not set(NAMES) & set(limited.as_(None).ask("ping").headers.keys())


def test_an_app_sent_to_ask_for_more_is_told_what_is_left(limited):
    who = member(limited.services, verified=True)
    made = oauth.tokens(limited.services, who, scopes=("mcp:read",))
    agent = limited.as_(replace(who, key=made.access_token))
    by_mcp = agent.ask("tools/call", {"name": "polis_test", "arguments": HELLO})
    by_rest = Program(agent).send("test", HELLO)
    for answer, left in ((by_mcp, 29), (by_rest, 28)):
        assert answer.status_code == 403
        assert "insufficient_scope" in answer.headers["WWW-Authenticate"]
        assert _told(answer)[:2] == [120, left]


@contextmanager
def _losing_its_database(limited):
    """The same installation, whose database goes away once a credential was checked."""
    opened = limited.services.database

    class Away:
        def __getattr__(self, name):
            return getattr(opened, name)

        def reading(self):
            raise DatabaseAway("The database does not answer.", retry_after_s=5)

    with running(replace(limited.services, database=Away())) as dark:
        yield dark


def test_what_was_counted_is_told_even_when_the_store_went_away_meanwhile(limited):
    agent = limited.agent()
    with _losing_its_database(limited) as dark:
        agent = dark.as_(agent.who)
        by_mcp = agent.ask("tools/call", {"name": "polis_account", "arguments": {}})
        by_rest = Program(agent).send("account")
    for answer, left in ((by_mcp, 29), (by_rest, 28)):
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert _told(answer)[:2] == [120, left]


def test_a_page_of_an_allowed_origin_can_read_when_to_come_back(limited):
    agent = limited.agent()
    for _ in range(30):
        agent.ask("ping")
    answer = agent.ask("ping", origin="http://localhost:6274")
    assert answer.headers["Access-Control-Allow-Origin"] == "http://localhost:6274"
    assert {"Retry-After", *NAMES} <= {
        name.strip() for name in answer.headers["Access-Control-Expose-Headers"].split(",")
    }


def test_a_storm_is_let_through_exactly_as_far_as_the_limit(limited):
    agent, count = limited.agent(), 8 * rounds(80)
    statuses = together(count, lambda _: agent.ask("ping").status_code)
    assert sorted(statuses) == [200] * 30 + [429] * (count - 30)


def test_limits_that_are_off_tell_nothing(polis):
    answer = polis.agent().ask("ping")
    assert not [name for name in NAMES if name in answer.headers]
