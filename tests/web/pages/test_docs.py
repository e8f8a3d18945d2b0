"""The documentation over HTTP: one address, two forms, the same bytes for everybody."""

import re

import pytest

from app.docs import twins
from app.docs.published import published
from app.settings import ROOT

PATHS = ("/docs", "/docs/overview", "/docs.md", "/docs/overview.md", "/llms.txt", "/llms-full.txt")
MARKDOWN = "text/markdown; charset=utf-8"


@pytest.fixture
def get(polis):
    http = polis.app.test_client()

    def ask(path, method="GET", **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return http.open(path, method=method, headers=named, base_url="http://127.0.0.1:8000")

    return ask


@pytest.mark.parametrize("path", PATHS)
def test_what_a_reader_has_already_is_not_sent_again(get, path):
    first = get(path)
    assert first.status_code == 200
    assert first.headers["Cache-Control"] == "public, max-age=300"
    again = get(path, If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    assert get(path, If_None_Match='"older"').data == first.data


@pytest.mark.parametrize("path", PATHS)
def test_head_tells_the_same_without_the_text(get, path):
    whole, head = get(path), get(path, "HEAD")
    assert head.data == b""
    for name in ("Content-Length", "Content-Type", "ETag"):
        assert head.headers[name] == whole.headers[name]


@pytest.mark.parametrize("path", PATHS)
def test_any_web_page_may_read_it(get, path):
    assert get(path).headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in get(path).headers


@pytest.mark.parametrize("path", ["/docs", "/docs/quickstart"])
def test_accept_chooses_the_form_of_one_address(get, path):
    page, twin = get(path, Accept="text/html,*/*;q=0.8"), get(path, Accept="text/markdown")
    assert page.mimetype == "text/html"
    assert twin.headers["Content-Type"] == MARKDOWN
    assert twin.data == get(f"{path}.md").data
    assert page.headers["Vary"] == twin.headers["Vary"] == "Accept"
    assert get(path, Accept="*/*").mimetype == "text/html"
    assert get(path, Accept="text/markdown;q=0.5, text/html").mimetype == "text/html"


@pytest.mark.parametrize("path", ["/docs", "/docs/quickstart"])
def test_a_page_names_its_twin_in_a_header_and_in_its_head(get, path):
    page = get(path)
    link = f'<http://127.0.0.1:8000{path}.md>; rel="alternate"; type="text/markdown"'
    assert page.headers["Link"] == link
    assert f'<link rel="alternate" type="text/markdown" href="{path}.md"' in page.text


def test_twins_and_files_are_what_the_catalogue_says(polis, get):
    catalogue = published(polis.services.settings)
    for page in catalogue.pages:
        assert get(f"/docs/{page.slug}.md").text == twins.twin(catalogue, page)
    assert get("/llms.txt").text == twins.llms(catalogue)
    assert get("/llms-full.txt").text == twins.llms_full(catalogue)
    assert get("/llms.txt").headers["Content-Type"] == "text/plain; charset=utf-8"


def test_a_page_says_the_day_it_was_last_changed(polis, get):
    pages = published(polis.services.settings).pages
    told = {
        page.slug: re.findall(
            r"Last changed (?:<time[^>]*>)?([^<]+)<", get(f"/docs/{page.slug}").text
        )
        for page in pages
    }
    assert told == {page.slug: [f"{page.updated.day} {page.updated:%B %Y}"] for page in pages}


def test_the_whole_is_the_twins_as_they_are_served_joined(polis, get):
    listed = re.findall(r"^- .*?/docs/([\w-]+)\.md\)", get("/docs.md").text, re.MULTILINE)
    assert len(listed) == len(set(listed)) == len(published(polis.services.settings).pages)
    served = [get(f"/docs/{slug}.md").text for slug in listed]
    assert "\n\n".join(served) == get("/llms-full.txt").text


def test_every_link_of_every_twin_leads_somewhere(polis, get):
    base = polis.services.settings.base_url
    text = get("/llms-full.txt").text + get("/llms.txt").text + get("/docs.md").text
    linked = {each.split("#")[0] for each in re.findall(rf"\]\({re.escape(base)}([^)]*)\)", text)}
    assert {path: get(path).status_code for path in linked if get(path).status_code >= 400} == {}


def test_every_anchor_on_a_page_is_there(polis, get):
    texts = {
        page.slug: get(f"/docs/{page.slug}").text
        for page in published(polis.services.settings).pages
    }
    missing = [
        (slug, target, name)
        for slug, text in texts.items()
        for target, name in re.findall(r'href="(?:[^"]*/docs/([\w-]+))?#([^"]+)"', text)
        if f'id="{name}"' not in texts[target or slug]
    ]
    assert missing == []


def test_every_anchor_a_page_outside_the_docs_names_is_there(polis, get):
    """Whether a template, a statement or a sentence of the code leads there."""
    files = [each for kind in ("html", "md", "py") for each in (ROOT / "app").rglob(f"*.{kind}")]
    named = {
        place
        for file in files
        for place in re.findall(r"(/(?:docs/)?[\w-]+)(?:\.md)?#([\w-]+)", file.read_text("utf-8"))
    }
    pages = sorted({page for page, _ in named if get(page).mimetype == "text/html"})
    assert {"/docs/webhooks", "/docs/security"} <= set(pages)
    texts = {page: get(page).text for page in pages if get(page).status_code == 200}
    missing = [(p, name) for p, name in named if p in texts and f'id="{name}"' not in texts[p]]
    assert missing == []
    assert [page for page, _ in named if page.startswith("/docs/") and page not in texts] == []


def test_statements_name_anchors_of_their_own_that_are_there(get):
    for path in ("/privacy", "/terms", "/support", "/status", "/pricing", "/"):
        text = get(path).text
        names = re.findall(rf'href="(?:{path})?#([^"]+)"', text)
        assert [name for name in names if f'id="{name}"' not in text] == []


def test_the_navigation_marks_the_page_and_leads_to_its_neighbours(get):
    text = get("/docs/quickstart").text
    assert '<a href="/docs/quickstart" aria-current="page">' in text
    assert re.search(r'href="/docs/overview"><span class="hint">Previous', text)
    assert re.search(r'href="/docs/run-a-test"><span class="hint">Next', text)


def test_a_page_that_is_not_there_is_404_in_either_form(get):
    assert get("/docs/none").status_code == get("/docs/none.md").status_code == 404
