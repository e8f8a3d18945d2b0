"""What models read: every page's twin, llms.txt in its form, everything in one file."""

import re

import pytest

from app.docs import twins
from app.docs.published import published
from tests.factories import settings_for

BASE = "https://polis.example"
LINK = re.compile(r"- \[[^\]]+\]\((https://[^)]+)\)(: .+)?")


@pytest.fixture
def catalogue(tmp_path):
    return published(settings_for("", tmp_path).model_copy(update={"base_url": BASE}))


def test_a_twin_begins_with_the_way_to_the_index_and_ends_with_every_page(catalogue):
    page = catalogue.page("quickstart")
    lines = twins.twin(catalogue, page).splitlines()
    assert lines[0] == f"> Full machine-readable index: {BASE}/llms.txt"
    assert lines[2] == (
        f"[Polis]({BASE}/) · [All docs]({BASE}/docs.md) · [llms.txt]({BASE}/llms.txt) · "
        f"[llms-full.txt]({BASE}/llms-full.txt)"
    )
    assert lines[4] == "# Agent quickstart"
    day = f"{page.updated.day} {page.updated:%B %Y}"
    end = lines[lines.index("## All docs") - 4 :]
    assert end[:4] == [f"Last changed {day}", "", "---", ""]
    listed = [line for line in end if "/docs/" in line]
    assert [LINK.fullmatch(line)[1] for line in listed] == [
        f"{BASE}/docs/{each.slug}.md" for each in catalogue.pages
    ]
    assert [line for line in listed if line.endswith(" (you are here)")] == [
        f"- [Agent quickstart]({BASE}/docs/quickstart.md): {page.summary} (you are here)"
    ]
    assert [LINK.fullmatch(line)[1] for line in end[-3:]] == [
        f"{BASE}/docs.md", f"{BASE}/llms.txt", f"{BASE}/llms-full.txt",
    ]  # fmt: skip


def test_llms_txt_has_the_form_of_its_standard(catalogue):
    text = twins.llms(catalogue)
    lines = [line for line in text.splitlines() if line]
    assert lines[0] == "# Polis"
    assert lines[1].startswith("> ")
    assert [line for line in lines if line.startswith("# ")] == ["# Polis"]
    assert "\n###" not in text
    sections = [line for line in lines if line.startswith("## ")]
    assert sections[-1] == "## Optional"
    below = lines[lines.index(sections[0]) :]
    assert [line for line in below if not line.startswith("## ") and not LINK.fullmatch(line)] == []
    assert len(text.encode()) < 50_000
    linked = LINK.findall(text)
    pages = {f"{BASE}/docs/{page.slug}.md" for page in catalogue.pages}
    assert {address for address, _ in linked} == pages | {f"{BASE}/llms-full.txt"}
    assert all(sentence for _, sentence in linked)


def test_the_whole_has_every_page_once_and_in_order(catalogue):
    assert titles(twins.llms_full(catalogue)) == [page.title for page in catalogue.pages]


def test_every_page_has_one_h1_in_each_output(catalogue):
    for page in catalogue.pages:
        assert titles(twins.twin(catalogue, page)) == [page.title]


def test_r19_a_fact_that_changes_in_the_code_changes_every_output(tmp_path):
    settings = settings_for("", tmp_path).model_copy(update={"limit_mcp_per_minute": 777})
    catalogue = published(settings)
    page = catalogue.page("limits")
    assert "| `mcp` | 777 a minute |" in catalogue.text(page)
    assert "777 a minute" in twins.twin(catalogue, page)
    assert "777 a minute" in twins.llms_full(catalogue)


def titles(markdown: str) -> list[str]:
    """Headings of the first rank; a comment in a listing is none."""
    outside = re.sub(r"^```.*?^```$", "", markdown, flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"^# (.*)$", outside, re.MULTILINE)


def test_twins_lead_to_twins(catalogue):
    pages = "|".join(each.slug for each in catalogue.pages)
    to_html = re.compile(rf"\({re.escape(BASE)}/docs/(?:{pages})[)#]")
    found = {each.slug: to_html.findall(catalogue.text(each)) for each in catalogue.pages}
    assert {slug: links for slug, links in found.items() if links} == {}
