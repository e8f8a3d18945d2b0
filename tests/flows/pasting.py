"""An installation and somebody signed in, for tests that paste what the pages show."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.flows.person import Person
from tests.flows.test_quickstart import BLOCK, clean, fetched
from tests.served import Served

EMAIL, PASSWORD = "kim@example.com", "seven paper boats in harbour"


@pytest.fixture(scope="module")
def running(copies, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pasting")
    with Served(copies.fresh("sqlite", folder), folder) as served:
        served.polis("user", "create", "--email", EMAIL, "--password", PASSWORD, "--verified")
        yield served


@pytest.fixture(scope="module")
def kim(running):
    """Somebody signed in, in front of a browser."""
    person = Person(running)
    assert person.fill("/login", email=EMAIL, password=PASSWORD).status_code == 303
    return person


def blocks(running, slug: str) -> dict[str, list[str]]:
    """The blocks of a page by their titles, in order."""
    found: dict[str, list[str]] = {}
    for language, title, text in BLOCK.findall(fetched(f"{running.base}/docs/{slug}.md")):
        found.setdefault(f"{language} {title}", []).append(text)
    return found


def filled(text: str, **facts: str) -> str:
    """A block with a reader's own facts in the place of its words in capitals."""
    for name, value in facts.items():
        text = re.sub(rf"\b{name}\b", lambda _, value=value: value, text)
    return text


def pasted(running, folder, text: str, **facts: str) -> str:
    return clean(running, folder, ["sh", "-eu"], filled(text, **facts))


def approved(kim, address: str) -> dict[str, str]:
    """What an app is told after somebody opened an address and pressed Approve."""
    back = kim.fill(address.removeprefix(kim.served.base), decision="approve")
    assert back.status_code == 303, back.text
    return dict(parse_qsl(urlsplit(back.headers["Location"]).query))


def issued(running) -> dict[str, str]:
    """A connection's tokens, by the words the page has for them."""
    told = running.polis("token", "issue", "--email", EMAIL)
    pair = told["tokens"][0]
    return {
        "CLIENT_ID": told["client_id"],
        "ACCESS": pair["access_token"],
        "REFRESH": pair["refresh_token"],
    }
