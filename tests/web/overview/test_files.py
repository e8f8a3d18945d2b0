"""Lists as files: the same filters, every row, and no cell a spreadsheet would reckon with."""

import csv
import io

from app.kit import clock
from app.web import sheets
from tests.filling import Owner, fill
from tests.web.overview.conftest import host_of
from tests.web.overview.test_runs import run


def rows(host, path: str) -> list[dict[str, str]]:
    answer = host.visitor.open(path)
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def test_runs_are_exported_as_they_are_filtered(host, email):
    host.polis.complete_run(host.agent, label="Done")
    host.agent.call("polis_cancel", run_id=run(host.agent, "Stopped"))
    assert [row["title"] for row in rows(host, "/app/runs.csv")] == ["Stopped", "Done"]
    (done,) = rows(host, "/app/runs.csv?state=complete")
    assert done["tokens_charged"] == "15"
    assert [done[f"segment_{n}"] for n in (1, 2, 3)] == ["10", "0", "0"]
    assert (done["started_by"], done["person"]) == ("test", email)


def test_exported_runs_say_what_was_estimated_beside_what_was_charged(host):
    host.polis.complete_run(host.agent, label="Done")
    host.agent.call("polis_cancel", run_id=run(host.agent, "Stopped"))
    run(host.agent, "Running", persona_count=20)
    told = ("title", "tokens_estimated", "tokens_charged", "tokens_refunded")
    assert [tuple(row[each] for each in told) for row in rows(host, "/app/runs.csv")] == [
        ("Running", "30", "0", "0"),
        ("Stopped", "15", "0", "15"),
        ("Done", "15", "15", "0"),
    ]


def test_no_cell_is_a_formula(host):
    for label in ("=1+1", "+1", "-1", "@SUM(A1)", "\tx", " =1"):
        run(host.agent, label)
    assert all(
        row["title"].startswith("'") for row in rows(host, "/app/runs.csv") if row["title"] != "x"
    )


def test_a_long_list_is_cut_and_says_so(polis, email):
    host = host_of(polis, email)
    mode = polis.services.settings.payment_mode
    owner = Owner(host.who.organization_id, host.who.user_id, (f"key:{host.who.key_id}",), mode)
    fill(polis.services.database, owner, sheets.MOST_ROWS + 600, 0, clock.now())
    found = rows(host, "/app/runs.csv")
    assert len(found) == sheets.MOST_ROWS + 1
    assert found[-1]["id"] == "Cut after 10000 rows. Narrow the list for the rest."
    assert len({row["id"] for row in found}) == len(found)


def test_usage_is_exported_day_by_day(host, email):
    host.polis.complete_run(host.agent)
    host.polis.complete_run(host.agent_of("ci"), persona_count=20)
    found = rows(host, "/app/usage.csv")
    assert {row["day"] for row in found} == {f"{clock.now():%Y-%m-%d}"}
    assert {(row["kind"], row["name"], row["person"], row["tokens"], row["charges"]) for row in found} == {
        ("key", "test", email, "15", "1"), ("key", "ci", email, "30", "1"),
    }  # fmt: skip


def test_exports_are_limited(limited, email):
    host = host_of(limited, email)
    statuses = [host.visitor.open("/app/runs.csv").status_code for _ in range(11)]
    assert statuses == [200] * 10 + [429]
