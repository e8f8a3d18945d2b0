"""A report to take away says what the tool says, and as a table runs nothing."""

import csv
import json
from io import StringIO

from app.tools.markdown import report_markdown
from tests.tools.installation import HELLO


def test_markdown_is_what_agents_read(reader):
    run_id = reader.report()
    answer = reader.open(f"/app/runs/{run_id}.md")
    assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer.text == report_markdown(reader.agent.call("polis_report", run_id=run_id))


def test_json_is_the_whole_report_with_every_reaction(reader):
    run_id = reader.report(persona_count=40)
    answer = reader.open(f"/app/runs/{run_id}.json")
    told = json.loads(answer.text)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{run_id}.json"'
    assert [one["persona"]["id"] for one in told["reactions"]] == [f"p{n}" for n in range(1, 41)]
    assert told["report"] == reader.agent.call("polis_report", run_id=run_id)["report"]


def test_a_file_holds_the_whole_of_a_rewrite_that_an_answer_cuts(reader):
    content = "word word. " * 4500
    run_id = reader.report(content=content)
    cut = reader.agent.call("polis_report", run_id=run_id)
    assert cut["report"]["rewrite"]["body"].endswith("…")
    told = json.loads(reader.open(f"/app/runs/{run_id}.json").text)
    assert told["report"]["rewrite"]["body"] == content
    assert "ellipsis" in cut["content_notice"]
    assert "ellipsis" not in told["content_notice"]
    assert content[-1000:].strip().replace(".", "\\.") in reader.open(f"/app/runs/{run_id}.md").text


def _rows(answer):
    return list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff"))))


def test_csv_has_a_row_for_each_reaction_and_no_formula(reader):
    run_id = reader.report(content="=HYPERLINK(1)", persona_count=10)
    answer = reader.open(f"/app/runs/{run_id}.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert [row["persona_id"] for row in _rows(answer)] == [f"p{n}" for n in range(1, 11)]
    assert {row["intent"] for row in _rows(answer)} == {"5"}


def test_a_comparison_is_told_with_all_its_versions(polis, reader):
    begun = polis.complete_comparison(reader.agent)
    compare_id = begun["compare_id"]
    rows = _rows(reader.open(f"/app/runs/{compare_id}.csv"))
    assert {row["run_id"] for row in rows} == {one["run_id"] for one in begun["runs"]}
    assert "Too close to call" in reader.open(f"/app/runs/{compare_id}.md").text
    assert json.loads(reader.open(f"/app/runs/{compare_id}.json").text)["result"]["verdict"]


def test_what_is_not_ready_says_so(reader):
    run_id = reader.agent.call("polis_test", **HELLO)["run_id"]
    assert "Not ready" in reader.open(f"/app/runs/{run_id}.md").text
    assert json.loads(reader.open(f"/app/runs/{run_id}.json").text)["ready"] is False
    assert _rows(reader.open(f"/app/runs/{run_id}.csv")) == []


def test_claude_is_asked_about_this_run_by_its_id(reader):
    run_id = reader.report()
    assert (
        f"https://claude.ai/new?q=Read%20the%20Polis%20report%20{run_id}"
        in reader.open(f"/app/runs/{run_id}").text
    )
