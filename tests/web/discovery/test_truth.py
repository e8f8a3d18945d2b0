"""Each document is used as its readers use it: what it names is there, what it claims holds."""

import re
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from app.docs.published import published
from app.domain import plans
from app.kit import clock
from app.tools import TOOLS
from tests.tools.agent import MODERN
from tests.tools.installation import HELLO

NOT_READ = ("/api/provision", "/api/v1", "/mcp")  # addresses that programs post to
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@pytest.fixture
def agent(polis):
    return polis.agent()


def at(polis, agent, url):
    """The same agent at the address a document names."""
    return polis.as_(agent.who, urlsplit(url).path)


def test_every_page_of_the_sitemap_is_there_and_open_to_crawlers(get):
    robots = get("/robots.txt").text
    (sitemap,) = re.findall(r"^Sitemap: (\S+)$", robots, re.MULTILINE)
    closed = re.findall(r"^Disallow: (\S+)$", robots, re.MULTILINE)
    pages = [each.text for each in ET.fromstring(get(sitemap).data).iter(LOC)]
    assert len(pages) == len(set(pages)) > 25
    for page in pages:
        path = urlsplit(page).path
        assert not path.startswith(tuple(closed))
        if path != "/status":  # true of this process, which has no worker
            assert get(page).status_code == 200, page


def test_whoever_found_a_hole_learns_whom_to_tell(get, polis):
    text = get("/.well-known/security.txt").text
    told = dict(re.findall(r"^([\w-]+): (.+)$", text, re.MULTILINE)[::-1])
    assert told["Contact"] == f"mailto:{polis.services.settings.support_email}"
    assert get(told["Canonical"]).text.split("Expires")[0] == text.split("Expires")[0]
    assert get(told["Policy"]).status_code == 200
    assert clock.now() < datetime.fromisoformat(told["Expires"])


def test_the_catalog_leads_to_a_card_and_the_card_to_the_endpoint_it_describes(get, polis, agent):
    (entry,) = get("/.well-known/ai-catalog.json").json["entries"]
    answer = get(entry["url"], Accept=entry["type"])
    assert answer.headers["Content-Type"] == entry["type"]
    card = answer.json
    assert re.fullmatch(r"[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+", card["name"])
    assert entry["identifier"].endswith(f":{card['name'].partition('/')[2]}")
    assert 1 <= len(card["description"]) <= 100
    (remote,) = card["remotes"]
    told = at(polis, agent, remote["url"]).modern("server/discover")
    assert set(remote["supportedProtocolVersions"]) >= set(told["supportedVersions"])
    server = told["_meta"]["io.modelcontextprotocol/serverInfo"]
    for ours, theirs in [("title", "title"), ("description", "description"),
                         ("version", "version"), ("icons", "icons"), ("websiteUrl", "websiteUrl")]:  # fmt: skip
        assert card[ours] == server[theirs]
    for icon in card["icons"]:
        assert get(icon["src"]).mimetype == icon["mimeType"]


def test_every_revision_the_card_names_is_spoken(get, polis, agent):
    (remote,) = get("/mcp/server-card").json["remotes"]
    there = at(polis, agent, remote["url"])
    for revision in remote["supportedProtocolVersions"]:
        if revision == MODERN:
            assert there.modern("tools/list")["tools"]
            continue
        params = {
            "protocolVersion": revision,
            "capabilities": {},
            "clientInfo": {"name": "a", "version": "1"},
        }
        answer = there.ask("initialize", params, mcp_protocol_version=None)
        assert answer.json["result"]["protocolVersion"] == revision


@pytest.mark.parametrize("path", ["/server.json", "/mcp/server-card"])
def test_the_header_it_asks_for_opens_the_endpoint_and_is_not_needed_to_sign_in(
    get, polis, agent, path
):
    (remote,) = get(path).json["remotes"]
    (header,) = remote["headers"]
    assert (header["name"], header["isRequired"], header["isSecret"]) == (
        "Authorization",
        False,
        True,
    )
    there = at(polis, agent, remote["url"])
    assert there.ask("tools/list").status_code == 200
    refused = there.ask("tools/list", authorization=None)
    assert refused.status_code == 401
    (metadata,) = re.findall(r'resource_metadata="([^"]+)"', refused.headers["WWW-Authenticate"])
    assert get(metadata).json["resource"] == remote["url"]


def test_the_agent_card_names_tools_there_are_at_an_interface_that_speaks(get, polis, agent):
    card = get("/.well-known/agent-card.json").json
    (interface,) = card["supportedInterfaces"]
    assert (interface["protocolBinding"], interface["protocolVersion"]) == ("MCP", MODERN)
    listed = at(polis, agent, interface["url"]).modern("tools/list")["tools"]
    assert [(each["id"], each["name"], each["description"]) for each in card["skills"]] == [
        (each["name"], each["title"], each["description"]) for each in listed
    ]
    scheme = card["securitySchemes"]["oauth"]["openIdConnectSecurityScheme"]
    assert get(scheme["openIdConnectUrl"]).json["issuer"] == card["provider"]["url"]


def test_each_interface_of_the_api_catalog_has_what_it_links_to(get):
    linkset = get("/.well-known/api-catalog").json["linkset"]
    assert len({each["anchor"] for each in linkset}) == len(linkset) == 3
    for interface in linkset:
        (described,) = interface["service-desc"]
        answer = get(described["href"])
        assert answer.status_code == 200
        assert answer.mimetype in {described["type"].partition(";")[0], "application/json"}
        for relation in ("service-doc", "terms-of-service"):
            assert [get(each["href"]).status_code for each in interface[relation]] == [200]
        (status,) = interface["status"]
        assert get(status["href"]).mimetype == status["type"]


@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_the_catalogs_header_names_it_and_each_interface_in_it(polis, get, method):
    """RFC 9727 §2: a HEAD is answered with the relations of §3."""
    path, base = "/.well-known/api-catalog", polis.services.settings.base_url
    anchors = {each["anchor"] for each in get(path).json["linkset"]}
    answer = polis.app.test_client().open(path, method=method, base_url=base)
    assert answer.status_code == 200
    links = re.findall(r'<([^>]+)>; rel="([\w-]+)"', answer.headers["Link"])
    assert {target for target, relation in links if relation == "item"} == anchors
    assert [target for target, relation in links if relation == "api-catalog"] == [base + path]


def test_the_front_page_links_to_what_programs_look_for(get):
    links = re.findall(r'<([^>]+)>; rel="([\w-]+)"', get("/").headers["Link"])
    assert {relation for _, relation in links} >= {"api-catalog", "service-desc", "service-doc"}
    assert {address: get(address).status_code for address, _ in links} == {
        address: 200 for address, _ in links
    }


def test_the_skill_names_tools_there_are_and_the_price_they_have(get, agent):
    text = get("/skill.md").text
    front, _, body = text.removeprefix("---\n").partition("\n---\n")
    matter = dict(line.split(": ", 1) for line in front.splitlines())
    assert matter["name"] == "polis"
    assert 20 < len(matter["description"]) <= 1024
    assert set(re.findall(r"`(polis_\w+)`", body)) <= set(TOOLS)
    prices = dict(re.findall(r"\| test, `(\w+)`, 100 personas \| (\d+) ", body))
    assert prices.keys() == set(plans.DETAILS)
    for detail, tokens in prices.items():
        price = agent.call("polis_estimate", **{**HELLO, "persona_count": 100}, detail=detail)
        assert price["tokens"] == int(tokens)
    named = set(re.findall(r"`?(http://127\.0\.0\.1:8000/[\w./-]+)", body))
    read = {each for each in named if not urlsplit(each).path.startswith(NOT_READ)}
    assert len(read) >= 2
    assert {each: get(each).status_code for each in read} == dict.fromkeys(read, 200)


def test_llms_txt_lists_every_page_and_each_is_there(get, polis):
    linked = re.findall(r"\]\((http[^)]+)\)", get("/llms.txt").text)
    pages = {
        f"http://127.0.0.1:8000/docs/{each.slug}.md"
        for each in published(polis.services.settings).pages
    }
    assert pages <= set(linked)
    assert {each: get(each).status_code for each in linked} == dict.fromkeys(linked, 200)


def test_every_operation_of_the_openapi_document_is_answered(get, polis, agent):
    for path, item in get("/openapi.json").json["paths"].items():
        answer = polis.as_(agent.who, path).send({})
        assert answer.status_code in {200, 422}, path
        assert str(answer.status_code) in item["post"]["responses"]
