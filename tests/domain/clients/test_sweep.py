"""Registrations nobody used go after a day; whatever was used or made by hand stays."""

from datetime import timedelta

import pytest

from app.domain.clients import find, secrets, sweep
from app.kit import clock
from app.models.clients import ClientLogo
from app.worker.pulse import Pulse
from tests import oauth
from tests.factories import member
from tests.together import together

DAY = timedelta(hours=24)


def left(services, client):
    with services.database.reading() as session:
        return find.by_client_id(session, client.client_id) is not None


def swept(services):
    with services.transaction() as session:
        return sweep.unused(session, clock.now())


def old(services, **more):
    return oauth.client(services, created_at=clock.now() - DAY - timedelta(minutes=1), **more)


def test_an_unused_registration_goes_with_its_secret_and_logo(services):
    client = old(services, auth_methods="client_secret_post")
    with services.transaction() as session:
        secrets.issue(session, client.id, clock.now())
        session.add(ClientLogo(client_id=client.id, source="https://x/", tried_at=clock.now()))
    assert swept(services) == 1
    assert not left(services, client)


@pytest.mark.parametrize("more", [{"kind": "document"}, {"kind": "developer"}])
def test_documents_and_developers_apps_stay(services, more):
    client = old(services, **more)
    assert swept(services) == 0
    assert left(services, client)


def test_a_used_registration_stays_for_good(services):
    client = old(services)
    oauth.tokens(services, member(services, verified=True), client)
    ended = old(services, last_used_at=clock.now() - 400 * DAY)
    assert swept(services) == 0
    assert left(services, client)
    assert left(services, ended)


def test_a_registration_of_today_stays(services):
    assert left(services, oauth.client(services))
    assert swept(services) == 0


def test_two_workers_sweep_at_once(services):
    for _ in range(20):
        old(services)
    assert sum(together(2, lambda _: swept(services))) == 20


def test_the_worker_sweeps_while_it_tidies(services):
    client = old(services)
    Pulse(services, "a worker")._tidy()
    assert not left(services, client)
