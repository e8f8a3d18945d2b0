"""S12: documents from a hostile server, over a real wire: refused, and no byte of them is shown."""

import json
import ssl
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from app.domain.clients.documents import DocumentRefused
from app.kit import clock
from app.models.clients import Client
from tests.adapters.fetch.wire import (
    World,
    bomb,
    certificate_for,
    drips,
    drips_headers,
    moves_to,
    says,
    server_tls,
    serving,
)
from tests.domain.clients.fetched import document

HOST = "https://site.example"
CANARY = "canary-of-the-body"


def at(path: str, **more) -> bytes:
    return json.dumps(document(f"{HOST}{path}", contacts=[CANARY], **more)).encode()


PAGES = {
    "/good": says(at("/good")),
    "/mismatch": says(at("/other")),
    "/moved": moves_to("/good"),
    "/moved-inward": moves_to("http://127.0.0.1/"),
    "/html": says(f"<p>{CANARY}".encode(), "text/html"),
    "/text": says(CANARY.encode()),
    "/large": says(at("/large", padding="x" * 65_536)),
    "/bomb": bomb(100),
    "/slow": drips,
    "/slow-headers": drips_headers,
    "/gone": says(CANARY.encode(), status=410),
    "/broken": says(CANARY.encode(), status=500),
}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return certificate_for("site.example", tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def site(certificate):
    with serving(PAGES, tls=server_tls(certificate)) as running:
        yield running


@pytest.fixture
def world(site):
    return World(site, {"inward.example": ["10.0.0.1"], "mixed.example": ["1.1.1.1", "::1"]})


class Hasty:
    """The real client, with less patience than people have."""

    def __init__(self, client) -> None:
        self._client = client

    def get(self, url, **limits):
        return self._client.get(url, **(limits | {"seconds": 0.5}))


@pytest.fixture
def known(services, world, certificate):
    trusting = ssl.create_default_context(cafile=str(certificate))
    documents = replace(services, fetcher=Hasty(world.client(tls=trusting))).documents
    return lambda address: documents.known(address, person_id="usr_1", now=clock.now())


def test_a_sound_document_is_fetched_over_tls(known):
    assert known(f"{HOST}/good").name == "An app"


@pytest.mark.parametrize("path", [path for path in PAGES if path != "/good"])
def test_a_hostile_document_makes_no_client_and_is_never_quoted(services, known, path, measured):
    with pytest.raises(DocumentRefused) as caught:
        known(f"{HOST}{path}")
    assert CANARY not in f"{caught.value.message} {caught.value.details}"
    with services.database.reading() as session:
        made = session.scalar(select(func.count()).select_from(Client))
    measured("S12", "hostile client documents", 1)
    measured("S12", "clients they made", made)
    assert made == 0


@pytest.mark.parametrize(
    "address",
    [
        "https://inward.example/c",
        "https://mixed.example/c",
        "https://127.0.0.1/c",
        "https://2130706433/c",
        "https://localhost/c",
        "https://169.254.169.254/latest",
    ],
)
def test_an_inward_address_is_never_connected_to(world, known, address):
    with pytest.raises(DocumentRefused):
        known(address)
    assert world.dialled == []
