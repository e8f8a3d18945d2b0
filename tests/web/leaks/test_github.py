"""S31: GitHub's secret scanning messages, signed over their raw bytes."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from sqlalchemy import delete

from app.domain import scanning
from app.domain.credentials import BadCredential
from app.kit import clock, ids, secrets
from app.models.clients import KeySet
from app.models.limits import RequestRate
from tests.domain.clients.fetched import TIMEOUT, TableFetcher
from tests.factories import member
from tests.web.leaks.github import (
    SAMPLE_BODY,
    SAMPLE_ID,
    SAMPLE_KEY,
    SAMPLE_SIGNATURE,
    GitHub,
    message,
    published,
)
from tests.web.leaks.letters import letters

PATH = "/api/integrations/github/secret-scanning"
NOW = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fresh(polis):
    """Neither keys nor messages of another test are remembered."""
    with polis.services.transaction() as session:
        session.execute(delete(KeySet))
        session.execute(delete(RequestRate))


@pytest.fixture
def send(leaks, github):
    def post(body, headers=None):
        http = leaks.app.test_client()
        return http.post(
            PATH, data=body, headers={"Host": "127.0.0.1:8000", **(headers or github.headers(body))}
        )

    return post


def test_s31_the_sample_github_published_verifies_and_one_byte_more_does_not():
    assert scanning.is_signed(SAMPLE_BODY, SAMPLE_SIGNATURE, SAMPLE_KEY)
    assert not scanning.is_signed(SAMPLE_BODY + b"\n", SAMPLE_SIGNATURE, SAMPLE_KEY)
    assert not scanning.is_signed(SAMPLE_BODY[:-1], SAMPLE_SIGNATURE, SAMPLE_KEY)


def test_the_sample_is_answered_over_the_wire(send):
    headers = {
        "Content-Type": "application/json",
        "Github-Public-Key-Identifier": SAMPLE_ID,
        "Github-Public-Key-Signature": SAMPLE_SIGNATURE,
    }
    assert send(SAMPLE_BODY, headers).json == [
        {"token_raw": "some_token", "token_type": "some_type", "label": "false_positive"}
    ]
    assert send(SAMPLE_BODY + b" ", headers).status_code == 403


def test_a_key_found_is_dead_at_the_next_request_and_its_owner_is_told_once(leaks, send):
    who = member(leaks.services, email=f"{ids.new('p')}@example.com")
    answer = send(message(who.key))
    assert (answer.status_code, answer.json[0]["label"]) == (200, "true_positive")
    with pytest.raises(BadCredential, match="revoked"):
        leaks.services.credentials.authenticate(who.key, clock.now())
    told = letters(leaks.services, who)
    assert [mail["purpose"] for mail in told] == ["leak"]
    facts = told[0]["facts"]
    assert (facts["name"], facts["last_four"]) == ("test", who.key[-4:])
    assert facts["reporter"] == "GitHub secret scanning"
    assert facts["where"] == "github[.]com/octocat/Hello-World/blob/main/config[.]py"
    assert who.key not in json.dumps(told)


def test_a_second_report_of_a_dead_key_is_true_and_mails_nobody(leaks, send):
    who = member(leaks.services)
    send(message(who.key))
    again = send(message(who.key, source="commit"))
    assert again.json[0]["label"] == "true_positive"
    assert len(letters(leaks.services, who)) == 1


def test_one_message_may_hold_many_matches_of_many_kinds(leaks, send):
    first, second = member(leaks.services), member(leaks.services, book="test")
    strange = [secrets.mint("sk_live_"), "polis_at_typo", ""]
    answer = send(message(first.key, *strange, second.key))
    labels = [each["label"] for each in answer.json]
    assert labels == ["true_positive", *["false_positive"] * 3, "true_positive"]


def test_a_message_replayed_is_refused(leaks, send, github):
    body = message(member(leaks.services).key)
    headers = github.headers(body)
    assert send(body, headers).status_code == 200
    assert send(body, headers).status_code == 409


@pytest.mark.parametrize(
    "body",
    [b"", b"null", b"{}", b"[]", b"[1]", b'[{"token":1,"type":"x"}]', b'[{"type":"x"}]', b"\xff",
     b"[" * 90_000, b'[{"token":"a","type":"b","url":7}]', message(*["x"] * 1001)],
    ids=lambda body: repr(body[:24]),
)  # fmt: skip
def test_a_body_that_is_no_list_of_matches_is_422(send, body):
    assert send(body).status_code == 422


def test_a_megabyte_is_refused(send):
    assert send(message("x" * (1 << 20))).status_code == 413
    assert send(message("x" * (257 << 10))).status_code == 413


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"Github-Public-Key-Identifier": "unknown"}, 400),
        ({"Github-Public-Key-Identifier": ""}, 400),
        ({"Github-Public-Key-Signature": ""}, 403),
        ({"Github-Public-Key-Signature": "not base64!"}, 403),
        ({"Github-Public-Key-Signature": "AAAA"}, 403),
        ({"Github-Public-Key-Signature": SAMPLE_SIGNATURE}, 403),
        ({"Github-Public-Key-Identifier": SAMPLE_ID}, 403),
    ],
)
def test_what_github_did_not_sign_changes_nothing(leaks, send, github, change, status):
    who = member(leaks.services)
    body = message(who.key)
    assert send(body, github.headers(body, **change)).status_code == status
    assert leaks.services.credentials.authenticate(who.key, clock.now())


def test_headers_may_be_missing(send):
    assert send(message("x"), {"Content-Type": "application/json"}).status_code == 400


def test_a_key_on_another_curve_signs_nothing():
    other = GitHub(curve=ec.SECP384R1())
    assert not scanning.is_signed(b"[]", other.signature(b"[]"), other.pem)


def test_a_key_of_another_kind_signs_nothing():
    public = ed25519.Ed25519PrivateKey.generate().public_key()
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    pem = public.public_bytes(serialization.Encoding.PEM, form).decode()
    assert not scanning.is_signed(SAMPLE_BODY, SAMPLE_SIGNATURE, pem)


@pytest.mark.parametrize("pem", ["", "no key", SAMPLE_KEY[:60]])
def test_a_broken_public_key_verifies_nothing(pem):
    assert not scanning.is_signed(SAMPLE_BODY, SAMPLE_SIGNATURE, pem)


def test_keys_are_kept_a_day_and_an_unknown_id_is_looked_for_once_in_ten_minutes(leaks, github):
    fetcher: TableFetcher = leaks.services.fetcher
    key_sets = leaks.services.key_sets
    assert scanning.key(key_sets, github.id, NOW) == github.pem
    for second in range(0, 600, 20):
        assert scanning.key(key_sets, "made-up", NOW + timedelta(seconds=second)) is None
    assert len(fetcher.asked) == 1
    rolled = GitHub("key-2")
    fetcher.pages[scanning.KEYS] = published(github, rolled)
    assert scanning.key(key_sets, "key-2", NOW + timedelta(minutes=10)) == rolled.pem
    fetcher.pages[scanning.KEYS] = TIMEOUT
    assert scanning.key(key_sets, "key-2", NOW + timedelta(hours=24)) == rolled.pem
    assert scanning.key(key_sets, "key-2", NOW + timedelta(days=7)) == rolled.pem


def test_while_githubs_keys_cannot_be_fetched_its_message_is_to_come_again(leaks, send):
    fetcher: TableFetcher = leaks.services.fetcher
    kept, fetcher.pages[scanning.KEYS] = fetcher.pages[scanning.KEYS], TIMEOUT
    who = member(leaks.services)
    assert send(message(who.key)).status_code == 503
    with leaks.services.transaction() as session:
        session.execute(delete(KeySet))  # ten minutes later
    fetcher.pages[scanning.KEYS] = kept
    assert send(message(who.key)).json[0]["label"] == "true_positive"


@pytest.mark.parametrize("page", [{}, {"public_keys": None}, {"public_keys": [1, {}]}, [], b"x"])
def test_an_odd_list_of_keys_is_no_key(leaks, github, page):
    leaks.services.fetcher.pages[scanning.KEYS] = page
    assert scanning.key(leaks.services.key_sets, github.id, NOW) is None
