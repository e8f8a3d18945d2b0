"""A client the operator shut out does not come back: not by its document, not by being swept."""

from datetime import timedelta

import pytest

from app.domain.clients import blocked, find
from app.domain.clients.documents import DocumentRefused
from app.domain.clients.refusals import ClientBlocked
from app.domain.grants.approve import ClientChanged
from app.errors import NotFound
from app.kit import clock
from tests import oauth
from tests.domain.clients.fetched import ADDRESS, document, status
from tests.domain.clients.test_documents import NOW, Known
from tests.factories import member


@pytest.fixture
def known(services):
    return Known(services)


def block(services, client_id, act=blocked.block):
    with services.transaction() as session:
        return act(session, client_id, NOW)


def test_a_blocked_address_is_refused_and_never_fetched_again(known):
    known()
    block(known.services, ADDRESS)
    fetches = known.fetches
    for days in (0, 1, 30):
        with pytest.raises(ClientBlocked):
            known(after=timedelta(days=days))
    assert known.fetches == fetches


def test_an_address_is_blocked_before_anybody_asked_for_it(known):
    assert block(known.services, ADDRESS) == ("app.example", 0)
    with pytest.raises(ClientBlocked):
        known()
    assert known.fetches == 0
    block(known.services, ADDRESS, blocked.unblock)
    assert known().name == "An app"


def test_a_document_that_was_being_fetched_meanwhile_brings_nothing_back(known):
    known.fetcher.before = lambda: block(known.services, ADDRESS)
    with pytest.raises(ClientBlocked):
        known.at(page=document(client_name="Another name"))
    assert known.row().blocked_at == NOW


def test_a_client_that_had_ended_already_stays_out_when_its_document_is_back(known):
    known()
    with pytest.raises(DocumentRefused):
        known.at(page=status(404), after=timedelta(days=1))
    block(known.services, ADDRESS)
    with pytest.raises(ClientBlocked):
        known.at(page=document(), after=timedelta(days=2))


def test_nobody_approves_a_client_that_was_blocked_while_they_read(services):
    who, client = member(services), oauth.client(services)
    block(services, client.client_id)
    with pytest.raises(ClientChanged):
        oauth.approved(services, who, client)


def test_a_blocked_registration_is_not_swept_away_and_forgotten(services):
    from app.domain.clients import sweep

    client = oauth.client(services, created_at=clock.now() - timedelta(days=3))
    block(services, client.client_id)
    with services.transaction() as session:
        assert sweep.unused(session, clock.now()) == 0
    with services.database.reading() as session, pytest.raises(ClientBlocked):
        find.by_client_id(session, client.client_id)
    with services.database.reading() as session:
        assert find.by_row_id(session, client.id) is None


@pytest.mark.parametrize("client_id", ["polis_ci_none", "http://app.example/c", "'", ""])
def test_what_is_no_client_cannot_be_blocked(services, client_id):
    for act in (blocked.block, blocked.unblock):
        with pytest.raises(NotFound):
            block(services, client_id, act)
