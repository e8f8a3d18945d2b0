"""An app that becomes another while somebody says yes to it is given nothing."""

from sqlalchemy import update

from app.domain.clients import find, manage
from app.kit import clock
from app.models.clients import Client
from tests import oauth
from tests.web.meanwhile import meanwhile
from tests.web.oauth.gadget import gadget, typed
from tests.web.oauth.journey import approval, registration
from tests.web.oauth.visitor import Visitor, fields

COOKIE = "polis_form"
ANOTHER = {"redirect_uris": ["https://claude.ai/api/mcp/auth_callback"], "client_name": "Claude"}
CONFIDENTIAL = {"kind": "developer", "auth_methods": "client_secret_basic"}


def in_front_of(polis, kim):
    """The same browser, with the cookie of its forms, at an installation of the same database."""
    forms = kim._client({}).get_cookie(COOKIE, domain="127.0.0.1")
    return Visitor(polis, kim.who, kim.cookies | {COOKIE: forms.value if forms else ""})


def living(kim):
    return [each for each in kim.grants() if each.ended_at is None]


def changes(polis, client_id):
    """Somebody edits the app, which cuts off nobody who said yes before."""
    with polis.services.transaction() as session:
        row = update(Client).where(Client.client_id == client_id)
        session.execute(row.values(revision=Client.revision + 1, name="Claude"))


def test_a_registration_put_while_its_page_is_answered_gets_no_code(polis, kim):
    told = registration(polis, client_name="Notes").json

    def put():
        with polis.services.transaction() as session:
            token = told["registration_access_token"]
            facts = {"own_host": "polis.example", "now": clock.now()}
            manage.change(session, told["client_id"], token, ANOTHER, **facts)

    with polis.services.database.reading() as session:
        client = find.by_client_id(session, told["client_id"])
    page = kim.ask(client)
    with meanwhile(polis, put) as interrupted:
        form = {**fields(page), "decision": "approve"}
        answer = in_front_of(interrupted, kim).post("/oauth/authorize", form)
    assert answer.status_code == 400
    assert "The app changed while you read." in answer.text
    assert living(kim) == []


def test_a_device_is_not_let_in_under_another_name(polis, kim):
    device = gadget(polis)
    device.ask()
    page = typed(kim, device.codes["user_code"])
    act = lambda: changes(polis, device.client.client_id)  # noqa: E731 # said once
    with meanwhile(polis, act, before=3) as interrupted:  # a guess is counted, and given back
        form = {**fields(page), "decision": "approve"}
        answer = in_front_of(interrupted, kim).post("/device", form)
    assert answer.status_code == 400
    assert "The app changed while you read." in answer.text
    assert kim.grants() == []
    assert device.poll().json["error"] == "authorization_pending"


def test_what_was_remembered_of_it_gives_no_code_either(polis, kim):
    client = oauth.client(polis.services, **CONFIDENTIAL)
    approval(kim, client)
    act = lambda: changes(polis, client.client_id)  # noqa: E731 # said once
    with meanwhile(polis, act) as interrupted:
        answer = in_front_of(interrupted, kim).ask(client)
    assert answer.status_code == 400
    assert len(kim.grants()) == 1
