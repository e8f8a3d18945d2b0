"""What a month's entries did to a balance is kept beside them, whoever writes an entry."""

from datetime import timedelta

from sqlalchemy import select, text, update

from app.domain.billing import months, statement
from app.domain.soundness import books
from app.kit import clock
from app.models.billing import MonthlyMovement
from tests import invariants
from tests.domain.billing.many import many
from tests.purse import NOON
from tests.web.queries import counted

DAY = timedelta(days=1)
JANUARY, FEBRUARY, MARCH = (clock.month_start(NOON + days * DAY) for days in (0, 31, 59))


def kept(mine):
    with mine.database.reading() as session:
        whose = MonthlyMovement.organization_id == mine.wallet.organization_id
        rows = select(MonthlyMovement.month, MonthlyMovement.tokens).where(whose)
        return dict(session.execute(rows).all())


def test_each_entry_is_added_to_its_month_and_overage_to_none(mine):
    mine.plan("starter", NOON)
    mine.hold(4_200, "run:1", now=NOON + DAY)
    mine.settle("run:1", 4_050, NOON + 31 * DAY)
    assert kept(mine) == {JANUARY: 0, FEBRUARY: 0}
    mine.grant("packs", 700, now=NOON + 59 * DAY)
    assert kept(mine)[MARCH] == 700
    invariants.check(mine.database)


def test_an_entry_that_stands_already_is_not_added_again(mine):
    assert [mine.grant("packs", 700, "once") for _ in range(2)] == [True, False]
    assert kept(mine) == {JANUARY: 700}


def test_the_first_and_the_last_instant_of_a_month_are_in_it(mine):
    for moment in (JANUARY, FEBRUARY - timedelta(milliseconds=1), FEBRUARY):
        mine.grant("packs", 100, f"grant:{moment}", moment)
    assert kept(mine) == {JANUARY: 200, FEBRUARY: 100}


def test_an_entry_dated_before_others_is_added_to_its_own_month(mine):
    mine.grant("packs", 100, "late", NOON + 59 * DAY)
    mine.grant("packs", 30, "early", NOON)
    assert kept(mine) == {JANUARY: 30, MARCH: 100}
    with mine.database.snapshot() as session:
        page = statement.page(session, mine.wallet, months.Month(JANUARY))
    assert [line.balance for line in page.lines] == [30]


def test_entries_of_code_that_knows_no_months_are_added_all_the_same(mine):
    """Of the release before, some in one statement; in the end they come to nothing."""
    mine.grant("packs", 1_000, "one")
    mine.grant("packs", 500, "two")
    columns = "organization_id, book, mode, bucket, kind, usd_micros"
    again = (
        f"INSERT INTO ledger_entries (id, cause, key, {columns}, tokens, created_at) "
        f"SELECT id || :n, cause || :n, key || :n, {columns}, tokens * :times, created_at + :later "
        "FROM ledger_entries WHERE organization_id = :whose AND id NOT LIKE '%+'"
    )
    days = 31 * 86_400_000
    with mine.database.transaction() as session:
        for number, times, later in (("+", 2, 0), ("-", -2, days)):
            facts = {"n": number, "times": times, "later": later}
            session.execute(text(again), {**facts, "whose": mine.wallet.organization_id})
    assert kept(mine) == {JANUARY: 4_500, FEBRUARY: -3_000}


def test_the_balance_of_an_earlier_month_reads_no_entry_of_a_later_one(mine):
    many(mine, 100, NOON + 31 * DAY)
    with mine.database.snapshot() as session, counted(mine.database) as seen:
        statement.page(session, mine.wallet, months.Month(JANUARY))
    (asked,) = (sql for sql in seen if "balances" in sql)
    assert "ledger_entries" not in asked


def test_a_month_its_entries_do_not_bear_out_is_named_to_the_operator(mine):
    mine.grant("packs", 700)
    whose = MonthlyMovement.organization_id == mine.wallet.organization_id
    with mine.database.transaction() as session:
        session.execute(update(MonthlyMovement).where(whose).values(tokens=1))
        (found,) = books.broken(session, mine.wallet.organization_id)
        session.rollback()
    assert found.endswith("1 is summed, its entries say 700")
