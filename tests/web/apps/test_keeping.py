"""After a reset: apps that act alone for an organization are asked about with the rest."""

from app.models.clients import Client
from tests.web.apps.alone import alone, own
from tests.web.apps.people import colleague, press
from tests.web.oauth.journey import statuses


def test_an_owner_is_asked_about_what_acts_alone_and_ends_it(polis, kim):
    path, row, secret = alone(kim)
    assert "Newsletter bot" in kim.get("/keep").text
    token = own(polis, row, secret).json["access_token"]
    press(kim, "/keep", **{row.id: "end", kim.who.key_id: "keep"})
    assert "Newsletter bot" not in kim.get("/keep").text
    assert own(polis, row, secret).json["error"] == "unauthorized_client"
    press(kim, path, acts_alone="on")
    assert statuses(polis, kim.who, token) == [401, 401]


def test_nobody_else_is_asked_about_an_app_that_acts_alone(polis, kim):
    _, row, _ = alone(kim)
    admin = colleague(polis, kim, "admin", verified=True)
    assert "Newsletter bot" not in admin.get("/keep").text
    press(admin, "/keep", **{row.id: "end"})
    with polis.services.database.reading() as session:
        assert session.get_one(Client, row.id).client_credentials
