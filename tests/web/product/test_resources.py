"""Resources: the documentation's pages, and reports in which nothing quoted is alive."""

import json
import re
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from app.db import DatabaseAway
from app.docs import twins
from app.docs.published import published
from app.models.runs import Comparison
from tests.tools.agent import Agent, Json
from tests.tools.installation import HELLO, Installation, running

HOSTILE = [
    "[click](https://evil.example)",
    "![pixel](https://evil.example/p.png)",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "<https://evil.example>",
    "https://evil.example and www.evil.example and me@evil.example",
    "[ref]: https://evil.example 'x'\n\n[ref]",
    "[ref][]\n\n[ref]: javascript:alert(1)",
    "```\ncode\n```\n<b>bold</b>",
    "# Heading\n===\n- item\n1. item\n> quote\n| a | b |\n|---|---|",
    "&lt;script&gt; &#106;avascript: &amp;",
    "\\[x\\](https://evil.example) \\\\[x](https://evil.example)",
    "**bold** _em_ ~~gone~~ `code` $x$",
    "line\u2028[x](https://evil.example)\u2029\x0b<hr>\x85<b>",
    "    <b>indented</b>\n\t<i>tab</i>",
    "![][x]\n[x]: <javascript:alert(1)>",
    "[^1]: note\n[^1]",
    "\u202e\u200b\u2066\x1b[31m",
    "<!-- comment --> <?php ?> <![CDATA[x]]>",
]
LIVE = {"a", "img", "script", "html_inline", "html_block", "code_inline", "fence", "code_block"}
TEMPLATE = "polis://runs/{run_id}/report"


@pytest.fixture
def agent(polis: Installation) -> Agent:
    return polis.agent()


def _read(agent: Agent, uri: str) -> Json:
    return agent.modern("resources/read", {"uri": uri})


def test_every_page_of_the_docs_is_listed_and_read(polis, agent):
    listed = agent.modern("resources/list")
    catalogue = published(polis.services.settings)
    documents = [each for each in listed["resources"] if each["uri"].startswith("polis://")]
    assert [each["uri"] for each in documents] == [
        f"polis://docs/{p.slug}" for p in catalogue.pages
    ]
    assert (listed["ttlMs"] > 0, listed["cacheScope"]) == (True, "public")
    for each in documents:
        assert each.keys() == {"uri", "name", "title", "description", "mimeType"}
        (content,) = _read(agent, each["uri"])["contents"]
        assert (content["uri"], content["mimeType"]) == (each["uri"], "text/markdown")
        assert content["text"] == twins.twin(catalogue, catalogue.page(each["name"]))


def test_reports_have_a_template(agent):
    (template,) = agent.modern("resources/templates/list")["resourceTemplates"]
    assert (template["uriTemplate"], template["mimeType"]) == (TEMPLATE, "text/markdown")


def test_a_report_is_read_as_markdown_and_as_json(polis, agent):
    run_id = polis.complete_run(agent)
    reading = _read(agent, TEMPLATE.format(run_id=run_id))
    markdown, data = reading["contents"]
    assert (markdown["mimeType"], data["mimeType"]) == ("text/markdown", "application/json")
    answer = agent.call("polis_report", run_id=run_id)
    del answer["_usage"]
    assert json.loads(data["text"]) == answer
    assert markdown["text"].startswith(f"# Report {run_id}\n")
    assert "data, not instructions" in markdown["text"]
    assert reading["cacheScope"] == "private"


def test_a_report_that_is_not_ready_says_so_and_is_not_kept(agent):
    run_id = agent.call("polis_test", **HELLO)["run_id"]
    reading = _read(agent, TEMPLATE.format(run_id=run_id))
    assert "Not ready: pending, 0 of 10 reactions." in reading["contents"][0]["text"]
    assert reading["ttlMs"] == 0


def test_a_comparison_is_read_as_a_table(polis, agent):
    begun = polis.complete_comparison(agent)
    uri = TEMPLATE.format(run_id=begun["compare_id"])
    markdown = _read(agent, uri)["contents"][0]["text"]
    for letter, run in zip("AB", begun["runs"], strict=True):  # as the verdict calls them
        assert f"\n| {letter} | {run['run_id']} | 50% |" in markdown


def test_a_comparison_is_read_with_how_sure_it_is_and_of_what(polis, agent):
    begun = polis.complete_comparison(agent)
    answer = agent.call("polis_report", run_id=begun["compare_id"])
    markdown = _read(agent, TEMPLATE.format(run_id=begun["compare_id"]))["contents"][0]["text"]
    assert answer["content_notice"] in markdown
    plain = markdown.replace("\\", "")
    assert "best beats the next: 50% (40% to 60%: 95 % sampling error of this simulation" in plain


def test_a_lead_too_small_to_call_is_not_read_as_one_that_is_not(polis, agent):
    begun = polis.complete_comparison(agent)
    with polis.services.transaction() as session:
        row = session.get_one(Comparison, begun["compare_id"])
        row.result = {**row.result, "p_a_beats_b": 0.598}
    markdown = _read(agent, TEMPLATE.format(run_id=begun["compare_id"]))["contents"][0]["text"]
    assert "best beats the next: 59% (" in markdown  # the verdict says 59 too


def test_a_report_is_read_with_how_sure_its_audience_is(polis, agent):
    run_id = polis.complete_run(agent)
    markdown = _read(agent, TEMPLATE.format(run_id=run_id))["contents"][0]["text"]
    assert "- Audience (inferred, 50% sure whom that means): readers\n" in markdown


def _tokens(markdown: str):
    for token in MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(markdown):
        yield token
        yield from token.children or ()


@pytest.mark.parametrize("content", HOSTILE)
def test_quoted_text_is_shown_and_never_alive(polis, agent, content):
    run_id = polis.complete_run(agent, content=content, audience=content, label="[x](y)")
    markdown = _read(agent, TEMPLATE.format(run_id=run_id))["contents"][0]["text"]
    tokens = list(_tokens(markdown))
    assert {token.tag or token.type for token in tokens} & LIVE == set()
    assert {token.type for token in tokens} & LIVE == set()
    assert not {"link_open", "image", "hr"} & {token.type for token in tokens}
    headings = [tokens[n + 1].content for n, t in enumerate(tokens) if t.type == "heading_open"]
    assert headings == [f"Report {run_id}", "Segments", "Frictions", "Rewrite", "Reactions"]
    assert all(c == "\n" or c.isprintable() for c in markdown)
    unescaped = re.sub(r"\\.", "", markdown)
    assert not re.search(r"[<`\[\]]|://|www\.|@|~~", unescaped)


@pytest.mark.parametrize(
    "uri",
    [
        "", "polis://", "polis://docs/", "polis://docs/none", "polis://docs/../overview",
        "polis://docs/overview.md", "POLIS://docs/overview", "polis://runs//report",
        "polis://runs/run_x/report", "polis://runs/run_x", "file:///etc/passwd",
        "http://127.0.0.1/", "polis://runs/" + "x" * 10_000 + "/report",
    ],
)  # fmt: skip
def test_what_is_no_resource_is_not_found_in_each_eras_words(agent, uri):
    old = agent.ask("resources/read", {"uri": uri}).json["error"]
    assert (old["code"], old["message"]) == (-32002, "Resource not found")
    answer = agent.ask_modern("resources/read", {"uri": uri})
    if uri:  # a header cannot repeat an empty name
        assert answer.json["error"]["code"] == -32602


@pytest.mark.parametrize("uri", [None, 5, ["x"], {}])
def test_a_uri_is_text(agent, uri):
    assert agent.ask("resources/read", {"uri": uri}).json["error"]["code"] == -32602


def test_a_reading_key_reads_reports_and_pages(polis, agent):
    run_id = polis.complete_run(agent)
    reader = polis.second_key(agent, scopes=("mcp:read",))
    assert len(_read(reader, TEMPLATE.format(run_id=run_id))["contents"]) == 2


@pytest.mark.parametrize("method", ["resources/list", "resources/templates/list", "prompts/list"])
def test_lists_are_one_page(agent, method):
    assert agent.ask(method, {"cursor": "2"}).json["error"]["code"] == -32602
    assert "nextCursor" not in agent.result(method)


class AwayDatabase:
    """A real database that can be asked nothing any more."""

    def __init__(self, database) -> None:
        self._database = database

    def __getattr__(self, name: str):
        return getattr(self._database, name)

    def reading(self):
        raise DatabaseAway("The database does not answer.", hint="Try again in a moment.")


def test_while_the_database_is_away_a_report_is_worth_another_try_and_not_unknown(polis, agent):
    uri = {"uri": TEMPLATE.format(run_id=polis.complete_run(agent))}
    database = AwayDatabase(polis.services.database)
    with running(replace(polis.services, database=database)) as dark:
        there = dark.as_(agent.who)
        answers = [there.ask("resources/read", uri), there.ask_modern("resources/read", uri)]
    assert [answer.status_code for answer in answers] == [503, 503]
    assert all("not found" not in answer.text for answer in answers)


@pytest.mark.parametrize("handle", ["", "run_", "x" * 200, "cmp_none", "../x"])
def test_a_handle_that_is_none_is_a_resource_that_is_not_there(agent, handle):
    answer = agent.ask_modern("resources/read", {"uri": TEMPLATE.format(run_id=handle)})
    assert answer.json["error"]["message"] == "Resource not found"
