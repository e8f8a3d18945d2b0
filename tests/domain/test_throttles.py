"""Ten wrong passwords a quarter of an hour for an account, fifty for a network: exactly."""

from datetime import timedelta

import pytest

from app.domain import throttles
from app.domain.limits import RateLimited
from app.kit import clock
from tests.together import codes, together

NOW = clock.now()


def attempt(services, email="ada@example.com", network="192.0.2.1", at=NOW):
    with services.transaction() as session:
        return throttles.attempt(session, services.limits, email, network, at)


def test_of_thirty_at_once_ten_may_guess(services):
    outcomes = together(30, lambda number: attempt(services, network=f"192.0.2.{number}"))
    assert codes([e for e in outcomes if isinstance(e, Exception)]) == {"rate_limited": 20}


def test_of_sixty_accounts_at_once_a_network_may_guess_at_fifty(services):
    outcomes = together(60, lambda number: attempt(services, email=f"p{number}@example.com"))
    assert codes([e for e in outcomes if isinstance(e, Exception)]) == {"rate_limited": 10}
    attempt(services, network="192.0.2.2")


def test_no_quarter_of_an_hour_holds_an_eleventh(services):
    for minute in range(10):
        attempt(services, at=NOW + timedelta(minutes=minute))
    with pytest.raises(RateLimited) as refusal:
        attempt(services, at=NOW + timedelta(minutes=14, seconds=59))
    assert refusal.value.details["retry_after_s"] <= 2
    attempt(services, at=NOW + timedelta(minutes=15))
    with pytest.raises(RateLimited):
        attempt(services, at=NOW + timedelta(minutes=15, seconds=59))


def test_whoever_is_stopped_by_two_limits_is_told_the_longer_wait(services):
    for _ in range(10):
        attempt(services)
    crowded, later = "192.0.2.2", NOW + timedelta(minutes=10)
    for number in range(50):
        attempt(services, f"p{number}@example.com", crowded, later)
    with pytest.raises(RateLimited) as refusal:
        attempt(services, network=crowded, at=later + timedelta(minutes=1))
    assert refusal.value.details["retry_after_s"] == 14 * 60
    assert refusal.value.details["limit"] == "sign_in_failures_network"


def test_a_right_password_gives_its_places_back(services):
    for _ in range(30):
        made = attempt(services)
        with services.transaction() as session:
            throttles.forgive(session, made)


def test_a_refused_guess_takes_no_place(services):
    for _ in range(10):
        attempt(services)
    for number in range(60):
        with pytest.raises(RateLimited):
            attempt(services)
        assert number < 60
    attempt(services, email="eve@example.com")


def test_old_places_are_forgotten(services):
    attempt(services)
    with services.transaction() as session:
        assert throttles.forget_old(session, NOW + timedelta(minutes=14)) == 0
        assert throttles.forget_old(session, NOW + timedelta(minutes=16)) == 2
