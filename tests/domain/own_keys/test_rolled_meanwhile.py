"""A key that is rolled at the very moment it is changed: what it was rolled to is changed along."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from app.domain import keys
from app.domain.callers import READ
from app.domain.own_keys import changing, shown
from app.domain.own_keys.changing import Wanted
from app.domain.own_keys.shown import Look
from app.domain.own_keys.terms import Terms
from app.domain.signed_in import SignedIn
from app.kit import clock
from app.models.credentials import ApiKey
from tests.factories import member
from tests.waiting import somebody_waits, until

NARROW = Wanted("Robot", READ, Terms(10, None))


def test_what_a_key_is_rolled_to_meanwhile_is_narrowed_too(services):
    who, began = member(services), Event()
    person = SignedIn("", who.user_id, "", "", verified=True, authenticated_at=clock.now())
    with services.database.reading() as session:
        look = Look(who.user_id, who.organization_id, "simulated", clock.now())
        key = shown.one(session, look, who.key_id)

    def narrow():
        began.set()
        with services.transaction() as session:
            return changing.change(session, person, key, NARROW, clock.now())

    with ThreadPoolExecutor() as beside:
        with services.transaction() as session:
            whose = {"actor": who.user_id, "now": clock.now()}
            made = keys.roll(session, who.organization_id, who.key_id, **whose)
            narrowing = beside.submit(narrow)
            began.wait()
            until(lambda: somebody_waits(services.database))
        assert narrowing.result()
    with services.database.reading() as session:
        found = session.get_one(ApiKey, made.id)
    assert (found.name, found.scopes, found.monthly_cap_tokens) == ("Robot", "mcp:read", 10)
