"""The links that set a client up: read back as their clients read them, they name the endpoint."""

import json
from base64 import b64decode
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from app.docs import install
from app.docs.published import published
from tests.factories import settings_for

BASE = "https://polis.example"
ENDPOINT = f"{BASE}/mcp"


def test_cursor_is_given_a_name_and_a_config_of_the_endpoint():
    link = urlsplit(install.links(ENDPOINT)["cursor"])
    assert (link.scheme, link.netloc, link.path) == (
        "cursor", "anysphere.cursor-deeplink", "/mcp/install",
    )  # fmt: skip
    told = parse_qs(link.query, strict_parsing=True)
    assert told.keys() == {"name", "config"}
    assert told["name"] == ["polis"]
    assert json.loads(b64decode(told["config"][0], validate=True)) == {"url": ENDPOINT}


def test_vs_code_is_given_the_endpoint_as_a_server_over_http():
    link = urlsplit(install.links(ENDPOINT)["vscode"])
    assert (link.scheme, link.path) == ("vscode", "mcp/install")
    assert json.loads(unquote(link.query)) == {"name": "polis", "type": "http", "url": ENDPOINT}


@pytest.mark.parametrize("client", ["cursor", "vscode"])
def test_the_guide_links_to_this_installations_own_endpoint(tmp_path, client):
    docs = published(settings_for("", tmp_path).model_copy(update={"base_url": BASE}))
    assert f"]({install.links(ENDPOINT)[client]})" in docs.text(docs.page("connect-clients"))
