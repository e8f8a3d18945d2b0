"""Lists of apps and connections come in pages: each thing once, and no page grows."""

import re

import pytest

from app.models.clients import Client
from tests import oauth
from tests.web.account.counted import counting

MOST = 50


def whole(browser, path, row):
    """What stands on all pages, following the link to the next."""
    found, pages = [], 0
    while path and pages < 9:
        page = browser.get(path)
        assert page.status_code == 200
        found += re.findall(row, page.text)
        further = re.search(r'href="([^"]+)" rel="next"', page.text)
        path = further[1].replace("&amp;", "&") if further else ""
        pages += 1
    return found, pages


def connected(polis, kim, names):
    for name in names:
        oauth.approved(polis.services, kim.who, oauth.client(polis.services, name=name))


def test_apps_stand_by_name_each_once(polis, kim):
    names = [f"{letter} app {n}" for n in range(26) for letter in "aB"]
    connected(polis, kim, [*names, "ünlike others", "é, with % & ="])
    shown, pages = whole(kim, "/app/apps", r'<span><a href="/app/apps/[^"?]+">([^<]+)</a>')
    assert len(set(shown)) == len(shown) == 54
    assert pages == 2
    assert sorted(shown[:50], key=str.casefold) == shown[:50]


def test_connections_of_one_app_stand_oldest_first_each_once(polis, kim):
    connected(polis, kim, ["Notes"] * (MOST + 3))
    (path,) = set(re.findall(r'href="(/app/apps/[^"?]+)"', kim.get("/app/apps").text))
    assert f"{MOST + 3} connections</h2>" in kim.get(path).text
    found, pages = whole(kim, path, r'<th scope="row"><a href="/app/connections/(\w+)"')
    assert len(set(found)) == len(found) == MOST + 3
    assert (pages, found) == (2, sorted(found))


def test_developer_apps_stand_newest_first_each_once(polis, kim):
    whose = kim.who.organization_id
    for number in range(MOST + 2):
        made = oauth.client(polis.services, name=f"App {number}")
        with polis.services.transaction() as session:
            row = session.get_one(Client, made.id)
            row.kind, row.organization_id = "developer", whose
    found, pages = whole(kim, "/app/developer-apps", r'href="/app/developer-apps/(cli_\w+)"')
    assert len(set(found)) == len(found) == MOST + 2
    assert (pages, found) == (2, sorted(found, reverse=True))


@pytest.mark.parametrize("path", [
    "/app/apps?key=x&name=%FF", "/app/apps?key=", "/app/apps?name=zz&key=zz",
    "/app/developer-apps?before=x", "/app/developer-apps?before=cli_x",
])  # fmt: skip
def test_a_place_nobody_can_mean_breaks_nothing(polis, kim, path):
    connected(polis, kim, ["Notes"])
    assert kim.get(path).status_code == 200


def test_a_full_page_takes_as_many_questions_as_one_with_one_row(polis, kim):
    asked = {}
    for names in (["Notes"], [f"App {n}" for n in range(MOST + 5)]):
        connected(polis, kim, names)
        with counting(polis.services.database) as work:
            kim.get("/app/apps")
        asked[len(names)] = len(work.statements)
    assert len(set(asked.values())) == 1
