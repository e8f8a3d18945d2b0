"""The statement of a ledger: rows by cause, a balance that chains, pages that ask no more."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.domain.billing import months, statement
from app.domain.billing.statement import Line, Place
from app.domain.entries import Movement, write
from app.domain.reversals import Granted, freeze, reverse, thaw
from app.domain.wallets import Wallet
from app.errors import PolisError
from app.models.billing import LedgerEntry
from tests.domain.billing.many import many
from tests.purse import NOON, Purse, purse
from tests.rounds import rounds
from tests.web.queries import counted

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATER = datetime(2039, 1, 1, tzinfo=UTC)
RANKS = {"grant": 0, "refund": 1, "hold": 2, "release": 3, "charge": 3, "expiry": 4, "reversal": 5}


def pages(mine: Purse, limit: int) -> list[tuple[months.Month, list[Line], int]]:
    """Every month with its rows, read page by page, and what it began with."""
    found = []
    with mine.database.snapshot() as session:
        for month in months.of(session, mine.wallet, LATER):
            lines, below, left = [], None, None
            while True:
                page = statement.page(session, mine.wallet, month, below, limit, left)
                assert page == statement.page(session, mine.wallet, month, below, limit)
                lines += page.lines
                below, left = page.older, page.opening
                if below is None:
                    break
            found.append((month, lines, page.opening))
    return found


def lines(mine: Purse) -> list[Line]:
    return [line for _, found, _ in pages(mine, 50) for line in found]


def told(mine: Purse) -> list[tuple[str, int, int]]:
    return [(line.kind, line.tokens, line.balance) for line in lines(mine)]


def reckoned(mine: Purse) -> list[tuple[str, int, int, int]]:
    """The same rows from every entry there is, by hand: cause, tokens, dollars, balance."""
    of = LedgerEntry.organization_id == mine.wallet.organization_id
    with mine.database.reading() as session:
        entries = session.scalars(select(LedgerEntry).where(of)).all()
    released = {(each.cause, each.created_at) for each in entries if each.kind == "release"}
    rows = defaultdict(list)
    for each in entries:
        ends = each.kind == "expiry" and (each.cause, each.created_at) in released
        rows[each.created_at, 3 if ends else RANKS[each.kind], each.cause].append(each)
    found, balance = [], 0
    for place in sorted(rows):
        balance += sum(each.tokens for each in rows[place] if each.bucket != "overage")
        tokens, micros = sum(e.tokens for e in rows[place]), sum(e.usd_micros for e in rows[place])
        if place[1] != 3 or tokens:
            found.append((place[2], tokens, micros, balance))
    return found[::-1]


def test_a_hold_is_a_row_and_what_comes_back_is_another(mine):
    mine.grant("packs", 1_000)
    mine.hold(400, "run:1", now=NOON + HOUR)
    assert told(mine) == [("hold", -400, 600), ("grant", 1_000, 1_000)]
    mine.settle("run:1", 120, NOON + 2 * HOUR)
    assert told(mine) == [("refund", 280, 880), ("charge", -400, 600), ("grant", 1_000, 1_000)]


def test_a_hold_of_nothing_is_no_row(mine):
    mine.grant("packs", 1_000)
    with mine.database.transaction() as session:
        nothing = Movement("packs", "hold", 0, 0, None)
        write(session, mine.wallet, "dispute:pay_1", nothing, NOON + HOUR)
    mine.hold(400, "run:1", now=NOON + 2 * HOUR)
    assert told(mine) == [("hold", -400, 600), ("grant", 1_000, 1_000)]


def test_what_was_delivered_whole_is_one_row(mine):
    mine.grant("packs", 1_000)
    mine.hold(400, "run:1", now=NOON + HOUR)
    mine.settle("run:1", 400, NOON + 2 * HOUR)
    assert told(mine) == [("charge", -400, 600), ("grant", 1_000, 1_000)]


def test_a_price_over_several_buckets_is_one_row_that_names_them(mine):
    mine.plan("starter", NOON)
    mine.grant("packs", 1_000, now=NOON + HOUR)
    mine.hold(5_100, "run:1", now=NOON + 2 * HOUR)
    (line, *_) = lines(mine)
    assert line.buckets == [("included", -4_000), ("packs", -1_000), ("overage", -100)]
    assert (line.tokens, line.prepaid, line.balance) == (-5_100, -5_000, 0)
    assert line.usd_micros == -500_000


def test_overage_moves_no_balance_and_comes_back_in_dollars(mine):
    mine.plan("starter", NOON)
    mine.hold(4_000, "run:1", now=NOON + HOUR)
    mine.hold(200, "run:2", now=NOON + 2 * HOUR)
    mine.settle("run:2", 50, NOON + 3 * HOUR)
    back, over, *_ = lines(mine)
    assert (back.kind, back.overage, back.usd_micros, back.balance) == ("refund", 150, 750_000, 0)
    assert (over.kind, over.overage, over.usd_micros, over.balance) == (
        "charge",
        -200,
        -1_000_000,
        0,
    )


def test_what_comes_back_to_an_ended_period_is_said_beside_its_charge(mine):
    mine.plan("starter", NOON)
    mine.hold(400, "run:1", now=NOON + HOUR)
    mine.plan("starter", NOON + 30 * DAY)
    mine.settle("run:1", 100, NOON + 31 * DAY)
    assert told(mine) == [
        ("expiry", -3_600, 4_000), ("grant", 4_000, 7_600), ("charge", -400, 3_600),
        ("grant", 4_000, 4_000),
    ]  # fmt: skip
    assert [line.expired for line in lines(mine)] == [0, 0, 300, 0]


def test_a_dispute_freezes_and_what_is_lost_is_taken_after_it_was_freed(mine):
    mine.grant("packs", 1_000)
    with mine.database.transaction() as session:
        packs = Granted("packs", None)
        cause = f"dispute:{mine.wallet.organization_id}"
        freeze(session, mine.wallet, packs, 1_000, cause=cause, now=NOON + HOUR)
    assert told(mine)[0] == ("hold", -1_000, 0)
    with mine.database.transaction() as session:
        thaw(session, mine.wallet, packs, 1_000, cause=cause, now=NOON + DAY)
        reverse(session, mine.wallet, packs, 1_000, cause=cause, now=NOON + DAY)
    assert told(mine)[:3] == [
        ("reversal", -1_000, 0),
        ("refund", 1_000, 1_000),
        ("charge", -1_000, 0),
    ]


def test_only_months_with_entries_are_offered_and_each_begins_where_the_last_ended(mine):
    mine.grant("packs", 1_000)
    mine.hold(300, "run:1", now=NOON + 59 * DAY)
    (march, spent, opening), (january, _, first) = pages(mine, 50)
    assert (march.name, january.name) == ("2038-03", "2038-01")
    assert (opening, spent[0].balance, first) == (1_000, 700, 0)


def test_a_wallet_without_entries_has_no_month_and_an_empty_page(mine):
    assert pages(mine, 50) == []
    with mine.database.snapshot() as session:
        page = statement.page(session, mine.wallet, months.Month(NOON.replace(day=1, hour=0)))
    assert (page.lines, page.older, page.opening) == ([], None, 0)


def test_another_book_and_another_kind_of_money_are_not_in_it(ledgers, mine):
    mine.grant("packs", 1_000)
    whose = mine.wallet.organization_id
    Purse(ledgers, Wallet(whose, "test", "simulated")).hold(10, "run:1")
    Purse(ledgers, Wallet(whose, "live", "stripe_test")).grant("packs", 5, "checkout:1")
    assert told(mine) == [("grant", 1_000, 1_000)]


def test_rows_of_one_moment_all_appear_wherever_a_page_ends(mine):
    mine.grant("packs", 1_000)
    for number in range(7):
        mine.hold(10, f"run:{number}", now=NOON + HOUR)
        mine.settle(f"run:{number}", number, NOON + HOUR)
    whole = [line for _, found, _ in pages(mine, 50) for line in found]
    for limit in (1, 2, 3, 5):
        assert [line for _, found, _ in pages(mine, limit) for line in found] == whole
    assert len(whole) == 1 + 7 + 7


MOVES = st.lists(
    st.tuples(
        st.sampled_from(("grant", "hold", "hold", "hold", "settle", "settle", "plan", "take")),
        st.integers(1, 3_000),
        st.sampled_from((0, 0, 1, 20, 300, 1_000)),  # hours that pass first
    ),
    max_size=40,
)  # fmt: skip


def played(mine: Purse, moves) -> None:
    """Whatever of these the ledger allows."""
    now, held = NOON, []
    for number, (what, size, hours) in enumerate(moves):
        now += timedelta(hours=hours)
        cause = f"{what}:{number}"
        with mine.database.transaction() as session:
            facts = {"cause": f"{cause}:{mine.wallet.organization_id}", "now": now}
            if what == "take":
                reverse(session, mine.wallet, Granted("packs", None), size, **facts)
        if what == "grant":
            mine.grant("packs", size, cause, now)
        elif what == "plan":
            mine.plan("starter", now, cause=cause)
        elif what == "settle" and held:
            cause, most = held.pop(size % len(held))
            mine.settle(cause, size % (most + 1), now)
        elif what == "hold":
            try:
                mine.hold(size, cause, now=now)
                held.append((cause, size))
            except PolisError:
                continue


@settings(
    max_examples=rounds(400), derandomize=True, database=None, deadline=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(moves=MOVES, limit=st.integers(1, 9))
def test_the_balances_of_all_pages_chain_up_to_the_kept_balance(ledgers, moves, limit):
    mine = purse(ledgers)
    played(mine, moves)
    found = pages(mine, limit)
    rows = [line for _, lines_, _ in found for line in lines_]
    assert [
        (each.place.cause, each.tokens, each.usd_micros, each.balance) for each in rows
    ] == reckoned(mine)
    for line, below in pairwise(rows):
        assert line.balance - line.prepaid == below.balance
    for _, lines_, opening in found:  # a month may hold but ends that gave nothing back
        assert not lines_ or lines_[-1].balance - lines_[-1].prepaid == opening
    if rows:
        with mine.database.reading() as session:
            kept = statement.page(session, mine.wallet, found[0][0]).kept
        assert rows[0].balance == kept.prepaid
        assert found[-1][2] == 0


def test_a_page_asks_as_much_of_ten_thousand_rows_as_of_few(mine):
    asked = {}
    for runs in (100, 10_000):
        busy = purse(mine.database)
        many(busy, runs, NOON)
        with busy.database.snapshot() as session, counted(busy.database) as seen:
            (month,) = months.of(session, busy.wallet, NOON + DAY)
            first = statement.page(session, busy.wallet, month)
            middle = statement.page(session, busy.wallet, month, Place(NOON + HOUR, 0, ""), 20)
        asked[runs] = len(seen)
        assert len(first.lines) == 50
        assert first.lines[0].balance == first.kept.prepaid
        assert middle.opening == middle.lines[-1].balance - middle.lines[-1].prepaid
    assert asked[100] == asked[10_000] == 2 + 3 + 3
    at = middle.lines[0]
    assert at.place.at < NOON + HOUR
    before = [each for each in range(3599) if each % 3 == 0]
    assert at.balance == 100_000 - 10 * 3599 + len(before)
