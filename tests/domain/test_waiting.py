from datetime import timedelta

import pytest

from app.domain import waiting
from app.kit import clock
from tests.factories import caller, member
from tests.rounds import rounds
from tests.together import together

NOW = clock.now()
LONG = timedelta(seconds=25)


@pytest.fixture
def keys(services):
    """Three credentials of one organization."""
    first = caller(services, member(services))
    return [first._replace(credential_id=f"key_{n}") for n in range(3)]


@pytest.fixture
def take(database):
    def take(who, now=NOW):
        with database.transaction() as session:
            return waiting.take(session, who, now, LONG)

    return take


def give_back(database, place):
    with database.transaction() as session:
        waiting.give_back(session, place)


def test_a_credential_has_two_places(take, keys):
    assert [take(keys[0]) is not None for _ in range(3)] == [True, True, False]


def test_an_organization_has_four_places_whatever_its_credentials(take, keys):
    taken = [take(keys[n // 2]) is not None for n in range(6)]
    assert taken == [True, True, True, True, False, False]


def test_a_refused_wait_keeps_no_place(take, keys, database):
    places = [take(keys[n // 2]) for n in range(4)]
    assert take(keys[2]) is None
    for place in places[:2]:
        give_back(database, place)
    assert [take(keys[2]) is not None for _ in range(3)] == [True, True, False]


def test_a_place_given_back_is_free_at_once_and_only_that_one(take, keys, database):
    first, second = take(keys[0]), take(keys[0])
    give_back(database, first)
    give_back(database, first)
    assert take(keys[0]) is not None
    assert take(keys[0]) is None
    give_back(database, second)
    assert take(keys[0]) is not None


def test_places_of_calls_that_died_free_themselves(take, keys, database):
    dead = [take(keys[0]), take(keys[0])]
    leased = LONG + waiting.MARGIN
    assert take(keys[0], NOW + leased) is None
    after = NOW + leased + timedelta(milliseconds=1)
    alive = [take(keys[0], after), take(keys[0], after)]
    assert None not in alive
    for place in dead:
        give_back(database, place)
    assert take(keys[0], after) is None


def test_organizations_do_not_share_places(take, keys, services):
    for _ in range(2):
        take(keys[0])
        take(keys[1])
    assert take(caller(services, member(services))) is not None


@pytest.mark.parametrize("_", range(rounds(10)))
def test_the_places_are_exact_however_many_come_at_once(take, keys, _):
    places = together(30, lambda n: take(keys[n % 3]))
    held = [n % 3 for n, place in enumerate(places) if place is not None]
    assert len(held) == waiting.PER_ORGANIZATION
    assert all(held.count(key) <= waiting.PER_CREDENTIAL for key in held)
