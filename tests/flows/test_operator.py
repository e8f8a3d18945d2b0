"""What an operator does by a command holds at the next request, on every process, on both databases."""

import json
import re
import urllib.error
import urllib.request
from contextlib import ExitStack
from dataclasses import replace
from itertools import pairwise
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from app import bootstrap
from app.domain import keys, wallets
from app.domain.wallets import Wallet
from app.kit import clock, ids
from app.models.audit import AuditEvent
from tests import oauth
from tests.factories import member, settings_for
from tests.fakes import SpyQueue
from tests.flows import keeping
from tests.flows.commands import polis, refused
from tests.flows.person import Person
from tests.served import rpc

REQUESTS = 12  # over two web processes, each on a connection of its own
HELLO = {"content_type": "text", "content": "Hello", "persona_count": 10, "detail": "snapshot"}
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def kim(served):
    """Somebody with keys, tokens and a connected app of their own."""
    with ExitStack() as stack:
        yield Kim(served, stack)


class Kim:
    def __init__(self, served, stack):
        self.served, self.email = served, f"{ids.new('kim')}@example.com"
        url = served.environment["POLIS_DATABASE_URL"]
        its = bootstrap.build(settings_for(url, served.folder, secret_key=()))
        self.services = replace(its, send=SpyQueue())
        stack.callback(its.database.dispose)
        self.who = member(self.services, tokens=500, verified=True, email=self.email)
        self.organization, self.key = self.who.organization_id, self.who.key
        self.app = oauth.client(self.services)
        self.tokens = oauth.tokens(self.services, self.who, self.app)
        self.given = oauth.approved(self.services, self.who, self.app)

    @property
    def access_token(self):
        return self.tokens.access_token

    def key_of(self, book):
        """A key of theirs for a book."""
        if book == "live":
            return self.key
        with self.services.transaction() as session:
            mine = {"user_id": self.who.user_id, "name": "t", "now": clock.now(), "book": book}
            return keys.create(session, self.organization, **mine).secret

    def pings(self, bearer):
        """What each of many requests was answered: 200, or the status and what it says."""
        return {ping(self.served, bearer) for _ in range(REQUESTS)}

    def token(self, **form):
        """The status and the words of the token endpoint."""
        body = urlencode({"client_id": self.app.client_id, **form}).encode()
        return asked(f"{self.served.base}/api/oauth/token", body)

    def left(self, book):
        """Tokens that can be spent."""
        wallet = Wallet(self.organization, book, "simulated")
        with self.services.database.reading() as session:
            return wallets.standing(session, wallet, clock.now()).prepaid

    def acts(self, chain=""):
        """The acts of the operator in a log, oldest first."""
        by = AuditEvent.chain == (chain or self.organization), AuditEvent.actor == "operator"
        with self.services.database.reading() as session:
            rows = session.scalars(select(AuditEvent).where(*by).order_by(AuditEvent.number))
            return [(row.action, row.details) for row in rows]


def test_a_suspended_organization_is_refused_everywhere_until_it_is_let_go_on(served, kim):
    assert kim.pings(kim.key) == kim.pings(kim.access_token) == {200}
    told = served.polis("org", "suspend", kim.organization, "--reason", "Spam")
    assert told["suspended"] is True
    for bearer in (kim.key, kim.access_token):
        [(status, words)] = kim.pings(bearer)
        assert status == 403
        assert "suspended" in words
    served.polis("org", "resume", "--email", kim.email)
    assert kim.pings(kim.key) == kim.pings(kim.access_token) == {200}
    assert kim.acts() == [
        ("organization.suspended", {"reason": "Spam"}), ("organization.resumed", {}),
    ]  # fmt: skip


def test_a_blocked_app_is_refused_at_every_door_and_told_so(served, kim):
    client_id = kim.app.client_id
    assert kim.pings(kim.access_token) == {200}
    told = served.polis("client", "block", client_id)
    assert told.keys() == {"client_id", "name", "blocked", "connections_ended"}
    assert told["connections_ended"] == 2
    [(status, words)] = kim.pings(kim.access_token)
    assert status == 401
    assert "blocked this app" in words
    code = {"code": kim.given.code, "code_verifier": oauth.VERIFIER}
    refresh = {"refresh_token": kim.tokens.refresh_token}
    for grant, form in (("authorization_code", code), ("refresh_token", refresh)):
        status, words = kim.token(grant_type=grant, redirect_uri=oauth.REDIRECT, **form)
        assert (status, json.loads(words)["error"]) == (401, "invalid_client")
        assert "has blocked this app" in words
    assert kim.pings(kim.key) == {200}

    served.polis("client", "block", client_id, "--undo")
    status, words = kim.token(grant_type="refresh_token", **refresh)
    assert (status, json.loads(words)["error"]) == (400, "invalid_grant")  # what ended stays ended


def test_nobody_can_approve_or_change_a_registered_app_that_is_blocked(served, kim):
    redirect = "https://app.example/callback"
    status, words = asked(
        f"{served.base}/api/oauth/register",
        json.dumps({"redirect_uris": [redirect]}).encode(),
        JSON,
    )
    made = json.loads(words)
    assert status == 201
    served.polis("client", "block", made["client_id"])
    own = {"Authorization": f"Bearer {made['registration_access_token']}"}
    status, words = asked(made["registration_client_uri"], None, own)
    assert (status, "has blocked this app" in words) == (401, True)

    person = Person(served)
    request = {
        "client_id": made["client_id"], "redirect_uri": redirect, "response_type": "code",
        "code_challenge": "a" * 43, "code_challenge_method": "S256", "scope": "mcp",
    }  # fmt: skip
    page = person.open(f"/oauth/authorize?{urlencode(request)}")
    assert page.status_code == 400
    assert "has blocked this app" in page.text
    [*_, (action, details)] = kim.acts("installation")
    assert (action, details["client"]) == ("app.blocked", made["client_id"])


@pytest.mark.parametrize("book", ["live", "test"])
def test_a_refunded_run_gives_back_what_it_cost_once_and_shows_nothing(served, kim, book):
    key, before = kim.key_of(book), kim.left(book)
    run = served.call("polis_test", HELLO, key)["run_id"]
    ended(served, run, key)
    assert kim.left(book) == before - 10
    told = served.polis("refund", run)
    assert told == {
        "run_id": run, "organization_id": kim.organization, "refunded_tokens": 10,
    }  # fmt: skip
    assert kim.left(book) == before
    status = served.call("polis_status", {"run_id": run}, key)
    assert (status["status"], status["failure"]["code"]) == ("failed", "refunded")
    assert status["failure"]["refunded_tokens"] == 10
    assert "refunded before" in refused(said(served, "refund", run))
    assert kim.acts() == [("run.refunded", {"tokens": 10})]


def test_the_log_is_taken_away_with_its_digests_and_says_so_itself(served, kim):
    only = ("audit", "export", "--organization", kim.organization)
    acts = served.polis(*only)["acts"]
    assert [act["number"] for act in acts] == list(range(1, len(acts) + 1))
    assert all(one["digest"] == two["previous"] for one, two in pairwise(acts))
    assert acts[-1]["action"] == "audit.exported"
    lines = said(served, *only).stdout.splitlines()
    assert [json.loads(line)["digest"] for line in lines[:-1]] == [act["digest"] for act in acts]
    head, *rows = said(served, *only, "--format", "csv").stdout.splitlines()
    assert (head.split(",")[:3], len(rows)) == (["organization", "number", "at"], len(lines) + 1)
    file = served.folder / "log.jsonl"
    told = served.polis(
        "audit", "export", "--since", "2000-01-01", "--output", str(file), "--force"
    )
    assert told["lines"] == len(file.read_text().splitlines()) > len(acts)
    assert file.stat().st_mode & 0o777 == 0o600
    later = served.polis(*only, "--since", "2100-01-01")
    assert later == {"acts": []}


def test_the_data_of_a_working_installation_hold_together(served, kim):
    run = served.call("polis_test", HELLO, kim.key)["run_id"]
    told = served.polis("doctor", "--data")
    assert (told["sound"], told["faults"]) == (True, [])
    assert told["looked_at"]["ledger"] > 0
    ended(served, run, kim.key)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("org", "suspend", "org_none"), "There is no organization org_none."),
        (("org", "suspend"), "--email"),
        (("org", "resume", "--email", "nobody@b.example"), "nobody@b.example"),
        (("client", "block", "polis_ci_none"), "There is no such client."),
        (("client", "block", "polis_ci_none", "--undo"), "There is no such client."),
        (("refund", "run_none"), "There is no run run_none."),
        (("audit", "export", "--organization", "org_none"), "There is no organization org_none."),
        (("audit", "export", "--since", "yesterday"), "2026-11-30"),
        (("doctor",), "--data"),
    ],
)
def test_what_an_operator_cannot_have_meant_is_one_sentence(copies, tmp_path, arguments, word):
    assert word in keeping.fresh(copies, "sqlite", tmp_path / "here").refusal(*arguments)


def ended(served, run, key):
    """Wait for the end of a run."""
    while not served.call("polis_status", {"run_id": run, "wait_s": 25}, key)["done"]:
        pass


def said(served, *arguments):
    """What a command prints for people."""
    names = ("database_url", "instance_dir")
    return polis(*arguments, **{n: served.environment[f"POLIS_{n.upper()}"] for n in names})


def ping(served, bearer):
    try:
        rpc(served.url, bearer, "tools/call", {"name": "polis_account", "arguments": {}})
    except urllib.error.HTTPError as refusal:
        with refusal:
            words = re.sub(r'"request_id": ?"[^"]*"', "", refusal.read().decode())
            return refusal.status, words
    return 200


def asked(url, body, headers=None):
    try:
        answer = urllib.request.urlopen(
            urllib.request.Request(url, body, headers or {}), timeout=60
        )
    except urllib.error.HTTPError as refusal:
        answer = refusal
    with answer:
        return answer.status, answer.read().decode()
