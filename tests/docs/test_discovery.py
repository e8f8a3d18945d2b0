"""The table of documents: every one is made, said to be what it is, and listed."""

import json
import re
from datetime import datetime

import pytest
from jsonschema import Draft202012Validator

from app.docs import about
from app.docs.discovery.place import Place
from app.docs.discovery.table import DOCUMENTS, OTHERS
from app.docs.published import published
from app.kit import clock
from app.tools import TOOLS
from app.web.mcp import revisions
from tests.factories import settings_for

BASE = "https://polis.example"
STANDARDS = {"static.modelcontextprotocol.io", "www.sitemaps.org", "www.rfc-editor.org"}
FULL_OF_PAGES = {"/llms-full.txt"}  # which show other hosts: clients', proxies', examples


@pytest.fixture
def place(tmp_path):
    settings = settings_for("", tmp_path).model_copy(update={"base_url": BASE})
    return Place(settings, published(settings), BASE, clock.now())


def made(place, path):
    (document,) = [each for each in DOCUMENTS if each.path == path]
    return document.make(place)


def test_no_two_documents_share_an_address():
    paths = [path for document in DOCUMENTS for path in document.paths]
    assert len(paths) == len(set(paths))


def test_the_page_on_discovery_lists_every_document_and_every_other_address(place):
    text = place.catalogue.text(place.catalogue.page("discovery"))
    for document in DOCUMENTS:
        for path in document.paths:
            assert f"`{path}`" in text, path
    for other in OTHERS:
        assert f"`{other.path}`" in text, other.path


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda each: each.path)
def test_a_document_speaks_of_this_installation_alone(place, document):
    text = document.make(place)
    assert (text is None) == bool(document.needs)
    hosts = set(re.findall(r"https?://([^/\"\s>)\]<`';]+)", text or ""))
    assert document.path in FULL_OF_PAGES or not hosts - STANDARDS - {"polis.example"}
    assert "polis.example" in hosts or document.needs
    if "json" in document.media_type:
        json.loads(text)


def test_the_wire_serves_the_revisions_the_documents_name():
    assert about.REVISIONS == revisions.LEGACY + revisions.MODERN


def test_the_openapi_document_has_every_tool_and_only_tools(place):
    document = json.loads(made(place, "/openapi.json"))
    assert {path.rpartition("/")[2] for path in document["paths"]} == {
        name.removeprefix("polis_") for name in TOOLS
    }
    assert {each["post"]["operationId"] for each in document["paths"].values()} == set(TOOLS)


def test_the_openapi_document_is_of_3_1_and_its_schemas_are_schemas(place):
    document = json.loads(made(place, "/openapi.json"))
    assert re.fullmatch(r"3\.1\.\d", document["openapi"])
    assert document["info"].keys() >= {"title", "version"}
    schemas = document["components"]["schemas"]
    for item in document["paths"].values():
        answers = item["post"]["responses"].values()
        for told in (item["post"]["requestBody"], *(each for each in answers if "content" in each)):
            schemas = schemas | {str(len(schemas)): told["content"]["application/json"]["schema"]}
    assert len(schemas) > len(TOOLS)
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)


# What the schemas they name ask for; the schemas themselves are not kept here.
URL, WORD = {"type": "string", "pattern": "^https?://[^ ]+$"}, {"type": "string", "minLength": 1}
REMOTE = {
    "required": ["type", "url"],
    "properties": {
        "type": {"const": "streamable-http"},
        "url": URL,
        "headers": {"type": "array", "items": {"required": ["name"]}},
        "supportedProtocolVersions": {"type": "array", "items": WORD, "minItems": 1},
    },
}
SERVER = {
    "required": ["$schema", "name", "description", "version", "remotes"],
    "properties": {
        "$schema": URL,
        "name": {"pattern": "^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$", "minLength": 3, "maxLength": 200},
        "title": {"minLength": 1, "maxLength": 100},
        "description": {"minLength": 1, "maxLength": 100},
        "version": {"minLength": 1, "maxLength": 255, "not": {"pattern": r"[\^~><*]"}},
        "websiteUrl": URL,
        "icons": {"items": {"required": ["src"], "properties": {"src": {"pattern": "^https://"}}}},
        "remotes": {"type": "array", "items": REMOTE, "minItems": 1},
    },
}
CATALOG = {
    "required": ["specVersion", "host", "entries"],
    "properties": {
        "specVersion": {"const": "1.0"},
        "host": {"required": ["displayName"]},
        "entries": {
            "minItems": 1,
            "items": {"required": ["identifier", "displayName", "type", "url"]},
        },
    },
}


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/server.json", SERVER),
        ("/mcp/server-card", SERVER),
        ("/.well-known/ai-catalog.json", CATALOG),
    ],
)
def test_a_description_of_the_server_has_what_its_readers_require(place, path, asked):
    Draft202012Validator(asked).validate(json.loads(made(place, path)))


def test_the_agent_card_asks_for_what_it_says_how_to_show(place):
    card = json.loads(made(place, "/.well-known/agent-card.json"))
    asked = {name for each in card["securityRequirements"] for name in each["schemes"]}
    assert asked == card["securitySchemes"].keys() == {"oauth", "key"}
    key = card["securitySchemes"]["key"]["httpAuthSecurityScheme"]
    assert key == {"scheme": "bearer", "bearerFormat": "sk_live_…"}


def test_whoever_publishes_is_told_by_which_proof_of_the_domain(place):
    """The registry's other proof is a document, which is not served here."""
    text = place.catalogue.text(place.catalogue.page("discovery"))
    assert "proof of the domain: give it by DNS" in text
    assert "mcp-registry-auth" not in text


@pytest.mark.parametrize(
    ("base", "name"),
    [
        ("https://polis.example", "example.polis/polis"),
        ("http://127.0.0.1:8000", "127.0.0.1/polis"),
        ("http://localhost:8000", "localhost/polis"),
        ("http://[::1]:8000", "--1/polis"),
    ],
)
def test_registries_are_told_the_host_backwards(base, name):
    assert about.reverse_name(base) == name
    assert re.fullmatch(r"[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+", name)


def test_an_unset_proof_is_no_document_and_a_set_one_is_told_as_it_is(place):
    path = "/.well-known/openai-apps-challenge"
    assert made(place, path) is None
    settings = place.settings.model_copy(update={"openai_apps_challenge": "tok_1-x"})
    assert made(place._replace(settings=settings), path) == "tok_1-x"


def test_security_txt_is_good_for_less_than_a_year(place):
    expires = re.search(r"^Expires: (.+)$", made(place, "/.well-known/security.txt"), re.MULTILINE)
    days = (datetime.fromisoformat(expires[1]) - place.now).days
    assert 170 < days < 365
