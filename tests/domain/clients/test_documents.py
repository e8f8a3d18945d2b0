"""Clients known by a metadata document, on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.domain.clients import document_rows, find, shipped, verified
from app.domain.clients.documents import DocumentRefused, UnknownDocument
from app.domain.limits import RateLimited
from app.models.clients import Client, ClientDocument
from app.models.grants import Grant
from tests.domain.clients.fetched import (
    ADDRESS,
    HANGS_UP,
    INWARD,
    LARGE,
    NOT_JSON,
    REDIRECT,
    REDIRECTED,
    TIMEOUT,
    UNREACHABLE,
    TableFetcher,
    document,
    status,
)
from tests.factories import member
from tests.oauth import approved
from tests.together import together

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
CLAUDE = "https://claude.ai/oauth/mcp-oauth-client-metadata"
CHATGPT = "https://chatgpt.com/oauth/client.json"
TURNED_AWAY = [status(number) for number in (401, 403, 408, 425, 429)]
BROKEN = [status(number) for number in (500, 501, 502, 503, 504, 520, 599)]
OUTAGES = [TIMEOUT, UNREACHABLE, HANGS_UP, REDIRECTED, INWARD, *TURNED_AWAY, *BROKEN]
NOT_THERE = [status(number) for number in (400, 402, 404, 405, 406, 409, 410, 418, 451)]
ENDINGS = [*NOT_THERE, NOT_JSON, LARGE]
FAULTS = [b"{", b"[]", document(client_id="https://other.example/c"), document(redirect_uris=[])]


class Known:
    """An installation whose outside world is a table."""

    def __init__(self, services) -> None:
        self.fetcher = TableFetcher()
        self.services = replace(services, fetcher=self.fetcher)
        self.fetcher.pages[ADDRESS] = document()

    def __call__(self, address=ADDRESS, *, after=timedelta(), person="usr_1"):
        return self.services.documents.known(address, person_id=person, now=NOW + after)

    def at(self, address=ADDRESS, *, page, after=timedelta(), person="usr_1"):
        """The client once something else stands at its address."""
        self.fetcher.pages[address] = page
        return self(address, after=after, person=person)

    def row(self, address=ADDRESS) -> Client:
        with self.services.database.reading() as session:
            return session.scalar(select(Client).where(Client.client_id == address))

    @property
    def fetches(self) -> int:
        return len(self.fetcher.asked)


@pytest.fixture
def known(services) -> Known:
    return Known(services)


def test_a_document_is_a_client(known):
    client = known()
    assert client.client_id == ADDRESS
    assert (client.kind, client.name, client.is_public) == ("document", "An app", True)
    assert client.redirect_uris == (REDIRECT,)
    assert client.grant_types == ("authorization_code", "refresh_token")
    assert "offline_access" in client.scopes
    assert not client.verified
    assert len(client.document_digest) == 32
    with known.services.database.reading() as session:
        assert find.by_client_id(session, ADDRESS) == client


def test_an_unknown_address_is_fetched_for_a_person_only(known):
    with pytest.raises(UnknownDocument):
        known(person=None)
    assert known.fetches == 0
    known()
    assert known(person=None).name == "An app"
    assert known.fetches == 1


@pytest.mark.parametrize(
    ("said", "kept"),
    [(None, 60), (0, 5), (10, 5), (600, 10), (86_400, 1440), (10**9, 1440)],
)
def test_a_document_is_kept_between_five_minutes_and_a_day(known, said, kept):
    known.fetcher.max_age_s = said
    known()
    known(after=timedelta(minutes=kept, milliseconds=-1), person=None)
    assert known.fetches == 1
    known(after=timedelta(minutes=kept), person=None)
    assert known.fetches == 2


def test_nothing_is_fetched_inside_a_transaction(known):
    def write() -> None:
        with known.services.transaction() as session:
            session.add(_grantless_client())

    known.fetcher.before = write  # would wait for its own lock, or fail, were one open
    known()
    known.fetcher.before = lambda: None
    assert known(after=timedelta(days=1)).name == "An app"


@pytest.mark.parametrize("outage", OUTAGES, ids=str)
def test_an_outage_is_outlived_for_seven_days_and_no_longer(known, outage):
    known()
    day = timedelta(days=1)
    assert known.at(page=outage, after=2 * day).name == "An app"
    assert known(after=7 * day).name == "An app"
    with pytest.raises(DocumentRefused):
        known(after=7 * day + timedelta(minutes=6))
    assert known.at(page=document(), after=8 * day).revision == 1


def test_an_outage_is_not_tried_again_at_once(known):
    known()
    known.at(page=TIMEOUT, after=timedelta(days=1))
    known(after=timedelta(days=1, minutes=4))
    assert known.fetches == 2
    known(after=timedelta(days=1, minutes=5))
    assert known.fetches == 3


@pytest.mark.parametrize("ending", ENDINGS, ids=str)
def test_a_document_that_is_gone_ends_its_client_and_its_grants_at_once(known, ending):
    client = known()
    who = member(known.services, verified=True)
    approved(known.services, who, client)
    with pytest.raises(DocumentRefused, match=ending.sentence.split()[0]):
        known.at(page=ending, after=timedelta(days=1))
    with known.services.database.reading() as session:
        assert find.by_client_id(session, ADDRESS) is None
        assert session.scalars(select(Grant.ended_because)).all() == ["document_gone"]


@pytest.mark.parametrize("fault", FAULTS, ids=repr)
def test_a_document_that_became_invalid_ends_its_client_at_once(known, fault):
    known()
    with pytest.raises(DocumentRefused):
        known.at(page=fault, after=timedelta(days=1))
    assert known.row().ended_at is not None


def test_a_document_that_comes_back_is_asked_about_again(known):
    known()
    with pytest.raises(DocumentRefused):
        known.at(page=status(404), after=timedelta(days=1))
    later = timedelta(days=2)
    with pytest.raises(UnknownDocument):
        known.at(page=document(), after=later, person=None)
    assert known(after=later).revision == 2


def test_a_refusal_is_remembered_for_five_minutes(known):
    known.fetcher.pages[ADDRESS] = status(404)
    for minutes in (0, 1, 4):
        with pytest.raises(DocumentRefused, match="answers 404"):
            known(after=timedelta(minutes=minutes))
    assert known.fetches == 1
    assert known.at(page=document(), after=timedelta(minutes=5)).name == "An app"


@pytest.mark.parametrize(
    "change",
    [
        {"client_name": "Another"},
        {"redirect_uris": [REDIRECT, "https://app.example/other"]},
        {"token_endpoint_auth_method": "private_key_jwt", "jwks": {"keys": [{"kty": "EC"}]}},
        {"scope": "mcp:read"},
    ],
    ids=str,
)
def test_what_matters_raises_the_revision(known, change):
    before = known()
    after = known.at(page=document(**change), after=timedelta(days=1))
    assert (before.revision, after.revision) == (1, 2)
    assert before.id == after.id
    assert before.document_digest != after.document_digest


def test_what_does_not_matter_leaves_the_revision(known):
    before = known()
    page = document(client_uri="https://app.example/", contacts=["a@b.c"])
    after = known.at(page=page, after=timedelta(days=1))
    assert after.revision == before.revision
    assert after.links == {"client_uri": "https://app.example/"}


@pytest.mark.parametrize(
    "change",
    [{"client_name": "Your bank"}, {"redirect_uris": ["https://evil.example/cb"]}, None],
    ids=str,
)
def test_the_operators_word_is_for_the_document_as_it_was(known, change):
    known()
    with known.services.transaction() as session:
        verified.mark(session, ADDRESS, NOW)
    page = document(client_uri="https://app.example/")
    assert known.at(page=page, after=timedelta(days=1)).verified
    if change is None:  # gone for a day: whoever answers there now may be somebody else
        with pytest.raises(DocumentRefused):
            known.at(page=status(410), after=timedelta(days=2))
    page = document(**(change or {}))
    assert not known.at(page=page, after=timedelta(days=3)).verified


def test_ten_new_documents_a_minute_and_no_eleventh(known):
    limited = known.services.settings.model_copy(update={"rate_limits": True})
    documents = replace(known.services, settings=limited).documents
    for number in range(10):
        with pytest.raises(DocumentRefused):
            documents.known(f"https://app{number}.example/c", person_id="usr_1", now=NOW)
    with pytest.raises(RateLimited):
        documents.known(ADDRESS, person_id="usr_1", now=NOW)
    assert documents.known(ADDRESS, person_id="usr_2", now=NOW).name == "An app"
    assert documents.known(ADDRESS, person_id="usr_1", now=NOW).name == "An app"


@pytest.mark.parametrize("address", shipped.addresses())
def test_a_shipped_copy_stands_in_where_no_fetch_ever_succeeded(known, address):
    for number, outage in enumerate(OUTAGES):
        client = known.at(address, page=outage, after=timedelta(minutes=6 * number))
        assert client.verified == all(uri.startswith("https://") for uri in client.redirect_uris)
        assert client.client_id == address
        assert client.revision == 1
    assert known.at(address, page=document(address), after=timedelta(days=1)).name == "An app"
    assert known.at(address, page=status(503), after=timedelta(days=2)).name == "An app"


def test_a_shipped_copy_counts_for_180_days(known):
    last = shipped.as_of() + timedelta(days=180) - NOW
    assert known(CLAUDE, after=last).name == "Claude"
    with pytest.raises(DocumentRefused):
        known(CLAUDE, after=last + timedelta(minutes=6))
    with pytest.raises(DocumentRefused):
        known(CHATGPT, after=last + timedelta(minutes=6))


def test_a_shipped_copy_never_stands_in_for_an_answer(known):
    with pytest.raises(DocumentRefused):
        known.at(CLAUDE, page=status(404))
    with pytest.raises(DocumentRefused):
        known.at(CLAUDE, page=TIMEOUT, after=timedelta(hours=1))
    assert known.row(CLAUDE) is None


def test_chatgpt_may_use_either_of_the_methods_it_lists(known):
    client = known(CHATGPT)
    assert client.auth_methods == ("none", "private_key_jwt")
    assert client.jwks_uri == "https://chatgpt.com/oauth/jwks.json"


def test_many_who_ask_at_once_get_one_client(known):
    got = together(8, lambda _: known())
    assert {client.id for client in got} == {known.row().id}
    assert {client.revision for client in got} == {1}


def test_of_many_who_ask_when_it_is_due_one_fetches(known):
    known()
    got = together(8, lambda _: known(after=timedelta(days=1), person=None))
    assert {client.name for client in got} == {"An app"}
    assert known.fetches == 2


def test_addresses_that_never_became_clients_are_forgotten_after_a_day(known):
    known()
    for address in ("https://a.example/c", CLAUDE):
        with pytest.raises(DocumentRefused):
            known.at(address, page=status(404))
    with pytest.raises(DocumentRefused):
        known.at(page=status(404), after=timedelta(hours=2))
    with known.services.transaction() as session:
        assert document_rows.forget_old(session, NOW + timedelta(hours=23)) == 0
        assert document_rows.forget_old(session, NOW + timedelta(hours=25)) == 1
        left = session.scalars(select(ClientDocument.address)).all()
    assert sorted(left) == [ADDRESS, CLAUDE]


@pytest.mark.parametrize(
    "address",
    [
        "http://app.example/c",
        "https://app.example",
        "https://app.example/",
        "https://app.example/../c",
        "https://app.example/a/%2E%2e/c",
        "https://user@app.example/c",
        "https://app.example:8443/c",
        "https://app.example/c#part",
        "https://APP.example/c",
        "https://app.example/c d",
        "https://[::1]/c",
        "https://app.example/" + "c" * 500,
        "polis_ci_abc",
        "",
    ],
)
def test_what_is_no_address_of_a_document_is_never_fetched(known, address):
    assert not known.services.documents.is_address(address)
    with pytest.raises(DocumentRefused):
        known(address)
    assert known.fetches == 0


def _grantless_client() -> Client:
    return Client(
        id="cli_other", client_id="polis_ci_other", kind="registered", name="Other",
        redirect_uris=[REDIRECT], auth_methods="none", grant_types="authorization_code",
        scopes="mcp", told={}, revision=1, client_credentials=False, created_at=NOW,
    )  # fmt: skip
