"""The report card on the wire: declared, linked to its tool, read (MCP Apps, 2026-01-26)."""

import pytest

URI, MIME_TYPE = "ui://polis/report", "text/html;profile=mcp-app"


@pytest.fixture
def agent(polis):
    return polis.agent()


def test_the_extension_is_declared(agent):
    extensions = agent.modern("server/discover")["capabilities"]["extensions"]
    assert extensions["io.modelcontextprotocol/ui"] == {"mimeTypes": [MIME_TYPE]}


@pytest.mark.parametrize("revision", ["2025-06-18", "2025-11-25"])
def test_only_the_report_is_shown_on_a_card(agent, revision):
    tools = agent.result("tools/list", revision=revision)["tools"]
    cards = {tool["name"]: tool["_meta"]["ui"]["resourceUri"] for tool in tools if "_meta" in tool}
    assert cards == {"polis_report": URI}


def test_a_revision_that_knows_no_meta_is_told_none(agent):
    tools = agent.result("tools/list", revision="2025-03-26")["tools"]
    assert not [tool for tool in tools if "_meta" in tool]


def test_the_card_is_listed_and_read_as_a_page_that_asks_no_network(agent):
    listed = {each["uri"]: each for each in agent.modern("resources/list")["resources"]}
    assert listed[URI]["mimeType"] == MIME_TYPE
    (content,) = agent.modern("resources/read", {"uri": URI})["contents"]
    assert (content["uri"], content["mimeType"]) == (URI, MIME_TYPE)
    assert content["_meta"]["ui"]["csp"] == {}
    assert content["text"].startswith("<!doctype html>")
    assert "http" not in content["text"].replace("http-equiv", "")
