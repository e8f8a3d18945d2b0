from datetime import UTC, datetime, timedelta

import pytest

from app.adapters import limiting
from app.domain import limits
from app.domain.limits import Limit, RateLimited
from app.domain.rates import Rates, forget_idle
from app.settings import BadSettings
from tests.factories import settings_for
from tests.rounds import rounds
from tests.together import codes, together

NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
FIVE = Limit("five", 60, 60, 5, "organization")  # one a second, five at once


@pytest.fixture
def rates(ledgers):
    return Rates(ledgers)


@pytest.fixture
def subject(mine):
    return mine.wallet.organization_id


def later(seconds):
    return NOW + timedelta(seconds=seconds)


def passed(rates, subject, moments):
    return codes(_tried(rates, subject, moment) for moment in moments)


def test_a_burst_passes_at_once_and_the_next_is_refused(rates, subject):
    left = [rates.take(FIVE, subject, NOW).remaining for _ in range(5)]
    assert left == [4, 3, 2, 1, 0]
    with pytest.raises(RateLimited) as refused:
        rates.take(FIVE, subject, NOW)
    assert refused.value.details == {"retry_after_s": 1, "limit": "five"}


def test_after_the_burst_one_passes_each_interval(rates, subject):
    assert passed(rates, subject, [NOW] * 20) == {"ok": 5, "rate_limited": 15}
    quarters = [later(n / 4) for n in range(1, 241)]
    assert passed(rates, subject, quarters) == {"ok": 60, "rate_limited": 180}


def test_a_quiet_subject_has_its_whole_burst_again(rates, subject):
    passed(rates, subject, [NOW] * 5)
    assert passed(rates, subject, [later(5)] * 6) == {"ok": 5, "rate_limited": 1}


def test_the_refusal_names_the_second_from_which_it_passes(rates, subject):
    passed(rates, subject, [NOW] * 5)
    with pytest.raises(RateLimited) as refused:
        rates.take(FIVE, subject, later(0.3), cost=3)
    wait = refused.value.details["retry_after_s"]
    assert wait == 3
    with pytest.raises(RateLimited):
        rates.take(FIVE, subject, later(2.9), cost=3)
    assert rates.take(FIVE, subject, later(0.3 + wait), cost=3)


def test_a_refused_request_is_not_counted(rates, subject):
    passed(rates, subject, [NOW] * 5)
    passed(rates, subject, [later(0.5)] * 50)
    assert passed(rates, subject, [later(1)]) == {"ok": 1}


def test_several_messages_count_as_several_and_pass_or_fail_together(rates, subject):
    assert rates.take(FIVE, subject, NOW, cost=3).remaining == 2
    with pytest.raises(RateLimited):
        rates.take(FIVE, subject, NOW, cost=3)
    assert rates.take(FIVE, subject, NOW, cost=2).remaining == 0


def test_subjects_and_limits_are_counted_apart(rates, subject):
    passed(rates, subject, [NOW] * 5)
    other = Limit("other", 60, 60, 5, "person")
    assert rates.take(FIVE, f"{subject}-other", NOW).remaining == 4
    assert rates.take(other, subject, NOW).remaining == 4


def test_an_allowance_says_when_the_whole_burst_is_back(rates, subject):
    taken = [rates.take(FIVE, subject, NOW).reset_s for _ in range(5)]
    assert taken == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("_", range(rounds(10)))
def test_the_limit_is_exact_however_many_come_at_once(rates, subject, _):
    outcomes = together(64, lambda _n: rates.take(FIVE, subject, NOW))
    assert codes(outcomes) == {"ok": 5, "rate_limited": 59}


def test_only_subjects_with_their_whole_burst_are_forgotten(rates, ledgers, subject):
    rates.take(FIVE, subject, NOW)
    rates.take(FIVE, f"{subject}-busy", later(100))
    with ledgers.transaction() as session:
        assert forget_idle(session, later(50)) >= 1
    assert rates.take(FIVE, f"{subject}-busy", later(100)).remaining == 3


def test_the_published_table_follows_the_settings():
    table = limits.table(mcp_per_minute=7, mcp_burst=3)
    assert (table["mcp"].amount, table["mcp"].seconds, table["mcp"].burst) == (7, 60, 3)
    assert all(name == limit.name for name, limit in table.items())


def _tried(rates, subject, moment):
    try:
        return rates.take(FIVE, subject, moment)
    except RateLimited as refused:
        return refused


def test_more_at_once_than_the_burst_passes_only_where_nothing_came_before(rates, subject):
    rates.take(FIVE, subject, NOW)
    with pytest.raises(RateLimited) as refused:
        rates.take(FIVE, subject, NOW, cost=8)
    assert refused.value.details["retry_after_s"] == 1
    assert rates.take(FIVE, subject, later(1), cost=8).remaining == 0
    assert passed(rates, subject, [later(4)]) == {"rate_limited": 1}
    assert passed(rates, subject, [later(5)]) == {"ok": 1}


def test_an_operator_changes_limits_by_name_and_what_may_come_at_once_along(tmp_path):
    changes = "register:40/3600, token:30/60"
    made = limiting.of(settings_for("", tmp_path, limits=changes))
    assert (made["register"].amount, made["register"].burst) == (40, 40)
    assert (made["token"].amount, made["token"].seconds, made["token"].burst) == (30, 60, 60)
    usual = limits.table()
    assert [name for name in made if made[name] != usual[name]] == ["register", "token"]


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("register", "is no limit; write them like register:40/3600"),
        ("register:0/60", "is no limit"),
        ("nothing:1/60", "no limit 'nothing' to change; there are fetch, "),
        ("sign_in_failures:1000/60", "no limit 'sign_in_failures' to change"),
        ("device_codes:6/600", "no limit 'device_codes' to change"),
        ("device_codes_network:6/600", "no limit 'device_codes_network' to change"),
        ("token:999999/1", "more than a thousand a second"),
    ],
)
def test_a_limit_that_cannot_be_is_named_before_anything_starts(tmp_path, written, why):
    with pytest.raises(BadSettings, match=f"POLIS_LIMITS: .*{why}"):
        limiting.of(settings_for("", tmp_path, limits=written))
