"""The statement: rows lead to what they are about, pages chain, months are chosen, a file has all."""

import csv
import re
from datetime import timedelta
from io import StringIO

import pytest
import time_machine

from app.domain.runs import texts
from app.domain.runs.ask import Question
from app.kit import clock
from tests.factories import caller
from tests.filling import Owner, fill
from tests.starting import put
from tests.web.billing.conftest import PAGE, payer_of
from tests.web.queries import counted

HERE = f"{PAGE}/statement"
PAGES = (PAGE, HERE, f"{HERE}.csv", f"{PAGE}/invoices")
_ROW = re.compile(
    r'<tr><td data-label="Date">.*?</td><th scope="row">(?:<a href="([^"]+)">)?([^<]+).*?'
    r'class="sub">([^<]*)<.*?data-label="Bucket">([^<]*)<.*?data-label="Tokens">([^<]+)<.*?'
    r'data-label="Balance">([^<]+)<'
)


def rows(page: str) -> list[tuple[str, ...]]:
    return _ROW.findall(page)


def minus(tokens: int) -> str:
    return f"\N{MINUS SIGN}{tokens}"


def whole(payer, path: str = HERE) -> list[tuple[str, ...]]:
    """The rows of all pages, following the link to older ones."""
    found, page = [], payer.shown(path)
    while True:
        found += rows(page)
        older = re.search(r'href="([^"]+)" rel="next"', page)
        if older is None:
            return found
        page = payer.shown(older[1].replace("&amp;", "&"))


def file(payer, query: str = "") -> list[dict[str, str]]:
    answer = payer.open(f"{HERE}.csv{query}")
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(StringIO(answer.text)))


def test_rows_lead_to_runs_comparisons_conversations_and_payments(payer):
    run = payer.run(10, label="Launch thread")
    pair = payer.comparison("One opening", "Another opening")
    payer.polis.work_off()
    services = payer.polis.services
    thread = put(
        services, caller(services, payer.who), Question(run, "panel", None, "Why?")
    ).thread_id
    payer.bought("pack:small")
    found = {
        (name, link.partition("pay_")[0]): (what, tokens)
        for link, name, what, _, tokens, _ in rows(payer.shown(HERE))
    }
    assert found["Launch thread", f"/app/runs/{run}"] == ("charge, 10 people, snapshot", minus(10))
    assert found["One opening", f"/app/runs/{pair}"] == ("charge, comparison", minus(20))
    assert found["Launch thread", f"/app/runs/{thread}"] == ("charge, question", minus(10))
    assert found["Small pack", f"{PAGE}/invoices/"] == ("payment, $5.00", "+1,000")
    assert ("Trial tokens", "") in found
    for link, *_ in rows(payer.shown(HERE)):
        if link:
            payer.shown(link)


def test_what_runs_is_held_and_what_came_back_says_why(payer):
    run = payer.run(10, label="Slow one")
    ((_, name, what, bucket, tokens, left), *_) = rows(payer.shown(HERE))
    assert (name, what, bucket, tokens, left) == (
        "Slow one", "held until it ends, 10 people, snapshot", "trial", minus(10), "1,290",
    )  # fmt: skip
    payer.open(f"/app/runs/{run}")
    payer.send(f"/app/runs/{run}/cancel")
    back, charge, *_ = rows(payer.shown(HERE))
    assert back[1:] == ("Slow one", "refund, 10 people not asked", "trial", "+10", "1,300")
    assert charge[2] == "charge, 10 people, snapshot"


def test_a_run_whose_texts_retention_took_keeps_its_name_and_no_link(payer):
    run = payer.run(10, label="Kept in the books")
    payer.polis.work_off()
    with payer.polis.services.transaction() as session:
        texts.delete_of(session, [run], texts.RETENTION, clock.now())
    ((link, name, *_), *_) = rows(payer.shown(HERE))
    assert (link, name) == ("", "Kept in the books")


def test_a_run_somebody_deleted_is_a_deleted_run(payer):
    run = payer.run(10, label="Gone tomorrow")
    payer.polis.work_off()
    payer.open(f"/app/runs/{run}/delete")
    payer.send(f"/app/runs/{run}/delete", sure="yes")
    ((link, name, what, *_), *_) = rows(payer.shown(HERE))
    assert (link, name, what) == ("", "Deleted run", "charge")


def test_pages_chain_and_the_opening_balance_stands_at_the_foot(payer):
    for _ in range(60):
        payer.run(10)
    found = whole(payer)
    assert len(found) == 60 + 3
    assert [int(row[5].replace(",", "")) for row in found[:60]] == list(range(700, 1_300, 10))
    first, last = payer.shown(HERE), payer.page.text
    assert "Opening balance" not in first
    assert len(rows(first)) == 50
    older = re.search(r'href="([^"]+)" rel="next"', first)[1].replace("&amp;", "&")
    last = payer.shown(older)
    assert re.search(r"Opening balance</th>.*?>0</td>", last)
    assert ">Newest</a>" in last


def test_a_balance_somebody_wrote_into_a_link_is_not_believed(payer):
    for _ in range(60):
        payer.run(10)
    older = re.search(r'href="([^"]+)" rel="next"', payer.shown(HERE))[1].replace("&amp;", "&")
    true = rows(payer.shown(older))
    told, _, signature = older.partition("left=")[2].partition(".")
    for forged in (f"9{told}.{signature}", told, f"{told}.é", ""):
        address = f"{older.partition('left=')[0]}left={forged}"
        assert rows(payer.shown(address)) == true


def test_only_months_with_entries_are_offered(payer):
    later = clock.month_start(clock.now()) + timedelta(days=75)
    with time_machine.travel(later, tick=False):
        payer.sign_in(payer.email)
        payer.run(10, label="Much later")
        page = payer.shown(HERE)
        assert [row[1] for row in rows(page)] == ["Much later"]
        assert re.search(r"Opening balance</th>.*?>1,300</td>", page)
        offered = re.findall(r'<option value="([0-9-]+)"', page)
        assert offered == [f"{later:%Y-%m}", f"{clock.now() - timedelta(days=75):%Y-%m}"]
        assert len(rows(payer.shown(f"{HERE}?month={offered[1]}"))) == 3
        assert rows(payer.shown(f"{HERE}?month=1999-01")) == rows(page)  # which has none
        assert [row["title"] for row in file(payer, f"?month={offered[0]}")] == [
            "Much later",
            "Opening balance",
        ]


@pytest.mark.parametrize(
    "below", ["x", "1.2", "1.2.\0", "9" * 13 + ".9." + "z" * 120, "0.0.a", "1.2." + "é"]
)
def test_a_place_nobody_can_mean_breaks_nothing(payer, below):
    payer.http.get(HERE, base_url=payer.base, query_string={"below": below})
    answer = payer.http.get(HERE, base_url=payer.base, query_string={"below": below})
    assert answer.status_code == 200


def test_before_any_token_moved_it_says_so(payer):
    with payer.where_cards_are("sk_live_1") as there:
        assert "No token has moved yet." in there.shown(HERE)


def test_included_tokens_of_an_ended_period_are_told_apart(payer):
    payer.polis.on_plan(payer.polis.as_(payer.who))
    with time_machine.travel(clock.now() + timedelta(days=40), tick=False):
        payer.sign_in(payer.email)
        assert "4,000 tokens in this balance have ended." in payer.shown(HERE)


def test_the_file_has_every_row_exactly(payer):
    payer.bought("plan:starter")
    for _ in range(6):
        payer.run(1_000)
    *found, opening = file(payer)
    assert [(row["tokens"], row["overage"], row["usd_micros"]) for row in found[:2]] == [
        ("-1000", "-700", "-3500000"), ("-1000", "0", "0"),
    ]  # fmt: skip
    assert [row["balance"] for row in found[:3]] == ["0", "300", "1300"]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", row["at"]) for row in found)
    assert (opening["kind"], opening["balance"]) == ("opening", "0")
    balance = 0
    for row in reversed(found):
        balance += int(row["included"]) + int(row["trial"]) + int(row["packs"])
        assert row["balance"] == str(balance)


def test_the_file_of_a_long_month_is_read_piece_by_piece_and_whole(payer, monkeypatch):
    for _ in range(7):
        payer.run(10)
    once = file(payer)
    monkeypatch.setattr("app.web.billing.statement._AT_ONCE", 2)
    assert file(payer) == once
    assert len(once) == 7 + 3 + 1


@pytest.mark.parametrize("path", PAGES)
def test_a_page_takes_as_many_questions_with_many_rows_as_with_few(polis, email, path):
    taken = {}
    for runs in (10, 60):
        payer = payer_of(polis, f"{runs}{email}")
        owner = Owner(
            payer.organization_id, payer.who.user_id, (f"key:{payer.who.key_id}",), "simulated"
        )
        fill(polis.services.database, owner, runs, runs * 10, clock.now())
        payer.bought("pack:small")
        payer.open(path)
        with counted(polis.services.database) as seen:
            assert payer.open(path).text  # a file is made while it is read
        taken[runs] = len(seen)
    assert taken[10] == taken[60] <= 12
