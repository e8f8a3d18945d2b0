"""What is promised by the hour or the minute is never exceeded in any stretch of that length."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from app.domain import limits
from app.domain.limits import RateLimited
from app.domain.rates import Rates
from app.kit import ids
from tests.rounds import rounds
from tests.together import codes, together

NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
PROMISED = {
    "sign_up": (20, 3600),
    "link_by_mail": (5, 3600),
    "link_by_mail_day": (12, 86_400),
    "link_again": (1, 60),
    "link_by_mail_network": (20, 3600),
    "authorize": (60, 3600),
    "authorize_network": (60, 3600),
    "register": (20, 3600),
    "token_stranger": (10, 60),
    "revoke_stranger": (10, 60),
    "introspect_stranger": (10, 60),
    "documents": (10, 60),
    "checks": (6, 3600),
    "leak_reports": (10, 3600),
    "invitations_address": (5, 86_400),
    "exports": (5, 86_400),
}


@pytest.fixture
def rates(ledgers):
    return Rates(ledgers)


@pytest.mark.parametrize(("name", "promise"), PROMISED.items())
def test_all_at_once_and_then_one_by_one_never_passes_the_promise(rates, name, promise):
    (amount, seconds), subject = promise, ids.new("sub")
    apart, stretch = timedelta(seconds=seconds / amount), timedelta(seconds=seconds)
    moments = [NOW] * (amount + 1) + [NOW + n * apart for n in range(1, 2 * amount)]
    passed = [at for at in moments if _takes(rates, name, subject, at)]
    assert passed.count(NOW) == amount
    assert max(sum(start <= at < start + stretch for at in passed) for start in passed) == amount


def test_a_range_many_people_share_is_held_as_one_network_is():
    table = limits.table()
    assert table["register_shared"] == replace(
        table["register"],
        name="register_shared",
        amount=1000,
        burst=1000,
        counted_by="range many people share",
    )


def test_whoever_keeps_to_the_rate_is_never_refused(rates):
    subject = ids.new("sub")
    moments = [NOW + timedelta(minutes=3) * n for n in range(60)]
    assert all(_takes(rates, "register", subject, at) for at in moments)


def test_a_place_is_free_when_the_refusal_said(rates):
    subject = ids.new("sub")
    taken = [NOW + timedelta(seconds=n) for n in range(10)]
    told = [rates.take(limits.table()["leak_reports"], subject, at) for at in taken]
    assert [each.remaining for each in told] == list(range(9, -1, -1))
    assert all(later.reset_s == earlier.reset_s for earlier, later in pairwise(told))
    with pytest.raises(RateLimited) as refused:
        rates.take(limits.table()["leak_reports"], subject, at := taken[-1])
    wait = refused.value.details["retry_after_s"]
    assert wait == 3600 - 9
    assert not _takes(rates, "leak_reports", subject, at + timedelta(seconds=wait - 1))
    assert _takes(rates, "leak_reports", subject, at + timedelta(seconds=wait))


@pytest.mark.parametrize("_", range(rounds(10)))
def test_of_forty_at_once_twenty_register(rates, _):
    register, subject = limits.table()["register"], ids.new("sub")
    outcomes = together(40, lambda _n: rates.take(register, subject, NOW))
    assert codes(outcomes) == {"ok": 20, "rate_limited": 20}


def _takes(rates, name, subject, at) -> bool:
    try:
        rates.take(limits.table()[name], subject, at)
    except RateLimited:
        return False
    return True
