"""Apps that act alone: what ends in between, what an admin may widen, what goes on being counted."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain import leaked
from app.domain.clients import developer
from app.domain.clients.developer import Actor
from app.kit import clock
from app.models.grants import Grant
from tests import oauth
from tests.together import together
from tests.web.apps.alone import alone, own
from tests.web.apps.desk import FORM, SECRET, known, rotated
from tests.web.apps.people import colleague, press
from tests.web.meanwhile import meanwhile
from tests.web.oauth.journey import statuses
from tests.web.oauth.program import Program

WIDER = FORM | {"scopes": ["mcp", "mcp:read"]}


def connections(polis, row):
    with polis.services.database.reading() as session:
        mine = select(Grant).where(Grant.client_id == row.id)
        return list(session.scalars(mine.order_by(Grant.created_at, Grant.id)))


def living(polis, row):
    return [each for each in connections(polis, row) if each.ended_at is None]


def off(polis, kim, row, _secret):
    with polis.services.transaction() as session:
        developer.let_act_alone(session, _actor(kim), row.id, on=False)


def lost(polis, _kim, _row, secret):
    with polis.services.transaction() as session:
        leaked.end_secret(session, secret, clock.now())


def rotates(polis, kim, row, _secret):
    with polis.services.transaction() as session:
        developer.rotate_secret(session, _actor(kim), row.id, timedelta(0))


def removed(polis, kim, row, _secret):
    with polis.services.transaction() as session:
        developer.remove(session, _actor(kim), row.id)


ENDS = {
    off: (400, "unauthorized_client"),
    lost: (401, "invalid_client"),
    rotates: (401, "invalid_client"),
    removed: (401, "invalid_client"),
}


def _actor(kim):
    return Actor(oauth.signed_in(kim.who, clock.now()), "polis.example", clock.now())


@pytest.mark.parametrize("ends", ENDS, ids=lambda ends: ends.__name__)
def test_what_ends_after_an_app_proved_itself_ends_its_token_too(polis, kim, ends):
    _, row, secret = alone(kim)
    client = known(polis.services, row)
    with meanwhile(polis, lambda: ends(polis, kim, row, secret)) as interrupted:
        answer = Program(interrupted.app, client, secret).ask(grant_type="client_credentials")
    assert (answer.status_code, answer.json["error"]) == ENDS[ends]
    assert connections(polis, row) == []


@pytest.mark.parametrize("ends", [off, lost], ids=lambda ends: ends.__name__)
def test_of_a_token_and_an_end_at_once_no_token_outlives_the_end(polis, kim, ends):
    path, row, secret = alone(kim)
    program = Program(polis.app, known(polis.services, row), secret)
    acts = [
        lambda: ends(polis, kim, row, secret),
        *([lambda: program.ask(grant_type="client_credentials")] * 3),
    ]
    tokens = [each for each in together(4, lambda number: acts[number]()) if each is not None]
    press(kim, path, acts_alone="on")
    assert living(polis, row) == []
    for each in tokens:
        if each.status_code == 200:
            assert statuses(polis, kim.who, each.json["access_token"]) == [401, 401]


def test_an_admin_widens_no_app_that_acts_alone(polis, kim):
    path, row, secret = alone(kim, scopes=["mcp:read"])
    admin = colleague(polis, kim, "admin", verified=True)
    page = press(admin, f"{path}/edit", **WIDER)
    assert page.status_code == 422
    assert "only an owner lets it do more" in page.text
    assert own(polis, row, secret).json["scope"] == "mcp:read"
    narrower = press(admin, f"{path}/edit", **(WIDER | {"scopes": ["mcp:read", "email"]}))
    assert narrower.headers["Location"] == f"{path}?saved"


def test_an_owner_widens_it_and_its_connection_says_so(polis, kim):
    path, row, secret = alone(kim, scopes=["mcp:read"])
    first = own(polis, row, secret).json
    press(kim, f"{path}/edit", **WIDER)
    second = own(polis, row, secret).json
    assert second["scope"] == "mcp mcp:read"
    (now,) = living(polis, row)
    assert now.scopes == second["scope"]
    assert statuses(polis, kim.who, first["access_token"]) == [401, 401]
    assert statuses(polis, kim.who, second["access_token"]) == [200, 200]


def test_an_app_under_another_name_is_counted_on_and_held_to_its_limit(polis, kim):
    path, row, secret = alone(kim)
    own(polis, row, secret)
    (first,) = living(polis, row)
    ends = f"{first.expires_at:%Y-%m-%d}"
    press(kim, f"/app/connections/{first.id}", limit="10", ends=ends)
    press(kim, f"{path}/edit", **(FORM | {"name": "Another"}))
    new = SECRET.search(rotated(kim, path, overlap="0").text)[0]
    assert own(polis, row, new).status_code == 200
    (second,) = living(polis, row)
    assert second.id != first.id
    assert (second.app, second.monthly_cap_tokens) == (first.app, 10)
