"""What a reader of the documentation is helped with: search, the nearest page, their own key."""

import re
from html import unescape

import pytest

from app.docs.example import PEOPLE, example
from app.docs.published import published
from app.docs.search import search
from app.domain import plans
from tests.web.account.browser import Visitor
from tests.web.account.somebody import somebody


@pytest.fixture
def get(polis):
    http = polis.app.test_client()

    def ask(path, **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return http.get(path, headers=named, base_url="http://127.0.0.1:8000")

    return ask


def test_the_front_page_shows_a_real_report_and_how_many_tokens_one_begins_with(get):
    page, kept = unescape(get("/").text), example()
    for said in (kept.friction, kept.quote, kept.person, kept.content):
        assert said in page
    rows = re.findall(r'<th scope="row">(.*?)</th>.*?data-label="People">(\d+)<', page, re.DOTALL)
    shown = {re.sub("<[^>]+>", "", name).strip(): int(people) for name, people in rows}
    assert shown == {each.name: each.people for each in kept.segments}
    assert sum(each.people for each in kept.segments) == PEOPLE
    assert f"Start with {plans.TRIAL_TOKENS} tokens" in page


QUESTIONS = [
    ("polis_ask", "mcp-tools", "polis_ask"),
    ("rate limit", "limits", None),
    ("idempotency", "quickstart", None),
    ("refresh token", "tokens", None),
    ("chatgpt", "connect-chatgpt", None),
    ("leaked", "security", None),
    ("postgresql", "self-hosting", None),
    ("refu", None, None),
    ("self-hosting", "self-hosting", None),
    ("how to connect Claude", "connect-claude", None),
    ("what does it cost", "pricing", None),
    ("price", "pricing", None),
    ("install", "self-hosting", None),
    ("how do I get an API key?", "api-keys", None),
    ("delete my data", "security", None),
    ("german", "validity", None),
    ("is it accurate", "validity", None),
    ("share a report", "dashboard", None),
    ("who are team members", "dashboard", None),
    ("delete my account", "dashboard", None),
    ("how to", None, None),
    ("cancel running tests quickly", "mcp-tools", None),
]


@pytest.mark.parametrize(("question", "slug", "name"), QUESTIONS)
def test_a_question_leads_to_the_page_that_answers_it(polis, question, slug, name):
    hits = search(published(polis.services.settings), question)
    assert hits
    if slug is not None:
        assert slug in [hit.page.slug for hit in hits[:3]]
    if name is not None:
        assert name in [hit.name for hit in hits if hit.page.slug == slug]


def test_a_page_shows_a_few_of_its_sections_and_leaves_room_for_others(polis):
    slugs = [hit.page.slug for hit in search(published(polis.services.settings), "claude")]
    assert max(map(slugs.count, slugs)) == 3
    assert len(set(slugs)) > 3


def test_a_hit_shows_the_word_and_leads_to_its_place(get):
    page = get("/docs/search?q=histogram").text
    (href, *_) = re.findall(r'<li><a href="(/docs/[\w-]+(?:#[\w-]+)?)"><b>', page)
    assert "<mark>" in page
    there = get(href.partition("#")[0]).text
    assert f'id="{href.partition("#")[2]}"' in there


@pytest.mark.parametrize("question", ["zzzyyy", "'; DROP qqq zzzyyy", "\0", "%", "(", "a" * 5000])
def test_what_is_found_nowhere_is_said_to_be(get, question):
    answer = get(f"/docs/search?q={question}")
    assert answer.status_code == 200
    assert "<mark>" not in answer.text


def test_what_was_asked_is_text_on_the_page(get):
    page = get("/docs/search?q=%3Cscript%3Ealert(1)%3C/script%3E").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_an_empty_question_asks_for_one(get):
    page = get("/docs/search").text
    assert 'type="search"' in page
    assert 'role="status"' not in page


@pytest.mark.parametrize(
    ("asked", "meant"),
    [("quick-start", "quickstart"), ("test-option", "test-options"), ("api-key", "api-keys")],
)
def test_a_name_nearly_right_is_answered_with_the_nearest_pages(get, asked, meant):
    page, twin = get(f"/docs/{asked}"), get(f"/docs/{asked}.md")
    assert (page.status_code, twin.status_code) == (404, 404)
    assert f'<a href="/docs/{meant}"><b>' in page.text
    assert twin.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert f"/docs/{meant}.md)" in twin.text
    assert f"/docs/{meant}.md)" in get(f"/docs/{asked}", Accept="text/markdown").text


def test_a_name_like_none_is_led_to_all_pages(get):
    page = get("/docs/zzzzzzzzyyyyyyy")
    assert page.status_code == 404
    assert 'href="/docs"' in page.text
    assert re.search(r"req_[0-9a-f]{20}", page.text)


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("/quickstart", "/docs/quickstart"),
        ("/webhook", "/docs/webhooks"),
        ("/documentation/oauth", "/docs/oauth"),
        ("/pricng", "/pricing"),
        ("/app/api-keys/none", "/docs/api-keys"),
        ("/logn", "/login"),
    ],
)
def test_any_address_that_is_not_there_is_answered_with_the_nearest_pages(get, asked, meant):
    page, twin = get(asked), get(f"{asked}.md")
    assert (page.status_code, twin.status_code) == (404, 404)
    assert f'<a href="{meant}"><b>' in page.text
    assert "Accept" in page.headers["Vary"].split(", ")
    assert re.search(r"req_[0-9a-f]{20}", page.text)
    written = f"{meant}.md)" if meant.startswith("/docs/") else f"{meant})"
    for told in (twin, get(asked, Accept="text/markdown")):
        assert told.status_code == 404
        assert told.headers["Content-Type"] == "text/markdown; charset=utf-8"
        assert "Accept" in told.headers["Vary"].split(", ")
        assert written in told.text


def test_what_a_view_did_not_find_is_not_guessed_at(get):
    page = get("/pay/quickstart")
    assert page.status_code == 404
    assert "Perhaps you meant" not in page.text


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ("/docs/", "/docs"),
        ("/docs/quickstart/", "/docs/quickstart"),
        ("/docs/quickstart.md/", "/docs/quickstart.md"),
        ("/docs/search/?q=refresh+token", "/docs/search?q=refresh+token"),
    ],
)
def test_a_slash_at_the_end_leads_to_the_page(get, asked, place):
    answer = get(asked)
    assert (answer.status_code, answer.location) == (308, place)
    assert get(place).status_code == 200


def test_a_page_is_the_same_for_everybody_and_ones_own_part_is_fetched_apart(polis, get):
    visitor = Visitor(polis)
    email = somebody(polis, "reader.of.docs@example.com")
    before = get("/docs/overview").data
    assert get("/docs/yours").status_code == 204
    visitor.sign_in(email)
    assert visitor.open("/docs/overview").data == before
    own = visitor.open("/docs/yours")
    assert own.headers["Cache-Control"] == "private, no-store"
    assert email in own.text
    assert "http://127.0.0.1:8000/mcp" in own.text
    assert re.search(r"key <code>sk_live_\w{4}…</code>", own.text)
    filled_in = visitor.open("/app/start").text
    assert "claude mcp add --transport http polis http://127.0.0.1:8000/mcp" in filled_in
    assert re.search(r"begins with <code>sk_live_\w{4}</code>", filled_in)


def test_a_developer_sees_their_apps_and_begins_another_on_the_page_about_them(polis):
    visitor = Visitor(polis)
    visitor.sign_in(somebody(polis, "builds.apps@example.com"))
    empty = visitor.open("/docs/yours?page=build-an-app").text
    assert "You have made none yet." in empty
    assert "You have made none yet." not in visitor.open("/docs/yours?page=errors").text
    asked = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]+)"', empty))
    begun = visitor.open(
        "/app/developer-apps/new",
        query_string={
            **asked,
            "name": "Draft checker",
            "redirect_uris": "https://drafts.example/cb",
        },
    )
    assert 'value="Draft checker"' in begun.text
    made = visitor.send(
        "/app/developer-apps/new", name="Draft checker", kind="confidential", scopes="mcp",
        redirect_uris="https://drafts.example/cb",
        organization=re.search(r'name="organization" value="(org_\w+)"', begun.text)[1],
        form=re.search(r'name="form" value="(\w+)"', begun.text)[1],
    )  # fmt: skip
    assert made.status_code == 201
    listed = visitor.open("/docs/yours?page=build-an-app").text
    assert "Draft checker" in listed
    assert re.search(r"polis_ci_\w{38}", listed)


def test_whoever_is_not_signed_in_signs_in_for_what_is_filled_in(get):
    assert get("/app/start").location == "/login?next=%2Fapp%2Fstart"


@pytest.mark.parametrize("path", ["/privacy", "/terms", "/support"])
def test_the_statements_are_pages_and_every_footer_links_to_them(get, path):
    assert get(path).status_code == 200
    assert f'href="{path}"' in get("/docs/overview").text


def test_every_page_for_everybody_introduces_itself_to_whoever_links_to_it(get):
    base = "http://127.0.0.1:8000"
    pages = re.findall(rf"<loc>{base}(/[^<]*)</loc>", get("/sitemap.xml").text)
    assert len(pages) > 25
    for path in pages:
        page = get(path).text
        head = page.partition("</head>")[0]
        told = dict(re.findall(r'<meta (?:name|property)="([\w:]+)" content="([^"]+)">', head))
        assert re.findall(r'<link rel="canonical" href="([^"]+)">', head) == [base + path]
        assert told["og:url"] == base + path
        assert told["og:title"] == re.search(r"<title>(.*)</title>", head)[1]
        assert told["og:description"] == told["description"]
        assert len(told["description"]) > 20, path
        assert told["og:image"] == f"{base}/preview.png"
        assert head.count('property="og:') == 5
    with get("/preview.png") as picture:
        assert picture.mimetype == "image/png"


@pytest.mark.parametrize("path", ["/login", "/nowhere", "/docs/nowhere", "/docs/search"])
def test_a_page_that_is_nobodys_to_link_to_does_not(get, path):
    head = get(path).text.partition("</head>")[0]
    assert ("canonical" in head, "og:" in head) == (False, False)


def test_an_operators_own_statement_takes_the_place_of_ours(polis, tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "terms.md").write_text(
        "---\ntitle: Our terms\nsummary: Ours.\n---\n## One\nAsk {{ support_email }}.\n"
    )
    page = published(polis.services.settings).statement("terms", folder)
    assert (page.title, page.text) == ("Our terms", "## One\nAsk support@localhost.")
    assert published(polis.services.settings).statement("terms", tmp_path).title != "Our terms"


def test_status_says_what_works_and_what_is_away(get):
    page = get("/status")  # this process has no worker
    assert page.status_code == 503
    assert page.headers["Cache-Control"] == "no-store"
    assert "Something does not work" in page.text
    assert page.text.count("Works") == 3
    assert "polis worker" not in page.text  # that is for the operator
