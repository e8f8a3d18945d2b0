"""What a page may say: a name that nobody defined fails, wherever it stands."""

from dataclasses import replace
from datetime import date

import pytest
from jinja2 import UndefinedError, meta

from app.docs import published as published_docs
from app.docs.catalogue import _ENVIRONMENT, Catalogue
from app.docs.facts import facts
from app.kit import clock
from app.settings import ROOT, Settings
from tests.factories import settings_for

DOCS = ROOT / "app/docs"
TEXTS = sorted(
    path for path in DOCS.rglob("*")
    if path.suffix in {".md", ".sh"} and "__pycache__" not in path.parts
)  # fmt: skip


@pytest.fixture
def settings(tmp_path):
    return settings_for("", tmp_path)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_name_a_text_uses_is_a_fact_in_branches_not_taken_too(path):
    tree = _ENVIRONMENT.parse(path.read_text(encoding="utf-8"))
    assert meta.find_undeclared_variables(tree) - set(facts(Settings())) == set()


@pytest.mark.parametrize(
    "text",
    [
        "{{ nothing_of_the_kind }}",
        "{{ sizes.nothing_of_the_kind }}",
        "{{ lifetimes.nothing_of_the_kind + 1 }}",
        "{% for each in nothing_of_the_kind %}{% endfor %}",
        "{% if nothing_of_the_kind %}{% endif %}",
    ],
)
def test_a_name_nobody_defined_fails_the_page(settings, text):
    catalogue = Catalogue(settings.base_url, lambda: published_docs.facts(settings))
    page = replace(catalogue.page("overview"), slug="broken", text=text)
    with pytest.raises(UndefinedError, match="nothing_of_the_kind"):
        catalogue.text(page)


def test_every_page_says_on_which_day_it_last_changed(settings):
    for page in published_docs.published(settings).pages:
        assert isinstance(page.updated, date), page.slug
        assert date(2026, 1, 1) <= page.updated <= clock.now().date(), page.slug


def test_the_first_nine_pages_stand_in_their_order_under_their_titles(settings):
    first = published_docs.published(settings).pages[:9]
    assert [(page.slug, page.title) for page in first] == [
        ("overview", "What Polis is"),
        ("quickstart", "Agent quickstart"),
        ("run-a-test", "How to run a test"),
        ("test-options", "Test options reference"),
        ("mcp-tools", "MCP tools"),
        ("detail-and-followup", "Detail levels & follow-up"),
        ("pricing", "Pricing & billing"),
        ("oauth", "Connect via OAuth (Claude, ChatGPT)"),
        ("discovery", "Discovery & well-known endpoints"),
    ]


def test_a_day_that_is_none_stops_the_page(settings, tmp_path):
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "terms.md").write_text("---\ntitle: T\nsummary: S\nupdated: lately\n---\nText")
    catalogue = Catalogue(settings.base_url, dict)
    with pytest.raises(ValueError, match="lately"):
        catalogue.statement("terms", theirs)
    (theirs / "terms.md").write_text("---\ntitle: T\nsummary: S\n---\nText")
    assert catalogue.statement("terms", theirs).updated is None


@pytest.mark.parametrize(
    "other",
    [
        {"fetches_pages": True},
        {"fetches_pages": False},
        {"payments": "stripe_live"},
        {"payments": "off"},
        {"engine": "another", "mail_server": True},
        {"told_mistakes": True, "traced": True},
    ],
    ids=str,
)
def test_every_text_is_whole_on_any_installation(settings, other):
    known = facts(settings) | other
    catalogue = Catalogue(settings.base_url, lambda: known)
    texts = [catalogue.text(page) for page in catalogue.pages]
    texts += [catalogue.skill(), catalogue.start()]
    folder = settings.instance_dir / "pages"
    texts += [catalogue.statement(name, folder).text for name in ("privacy", "terms", "support")]
    assert all(texts)
    assert [text for text in texts if "{{" in text or "{%" in text] == []


@pytest.mark.parametrize(
    ("set_", "named"),
    [
        ({"sentry_dsn": "https://key@sentry.example/1"}, "| Sentry,"),
        ({"otel": True}, "| the collector of traces"),
    ],
)
def test_whoever_is_told_of_mistakes_or_traces_is_named_where_it_says_who_gets_what(
    set_, named, tmp_path
):
    text = (
        published_docs.published(settings_for("", tmp_path, **set_))
        .statement("privacy", tmp_path)
        .text
    )
    assert named in text
    assert (
        named
        not in published_docs.published(settings_for("", tmp_path))
        .statement("privacy", tmp_path)
        .text
    )


@pytest.mark.parametrize(
    ("url", "named"),
    [
        ("", "OpenAI"),
        ("https://models.example/v1", "models.example"),
        ("http://10.0.3.7:8000/v1", "a server of whoever runs this installation"),
        ("http://vllm:8000/v1", "a server of whoever runs this installation"),
    ],
)
def test_whoever_plays_panels_is_named_but_no_machine_of_ones_own(url, named, tmp_path):
    set_ = {"engine": "llm", "engine_model": "the-model", "engine_base_url": url}
    text = (
        published_docs.published(settings_for("", tmp_path).model_copy(update=set_))
        .statement("privacy", tmp_path)
        .text
    )
    assert f"**the-model** of {named}." in text
    assert f"| {named}, for the model the-model |" in text


def test_no_two_pages_of_a_section_stand_in_the_same_place(settings):
    places = [(page.section, page.order) for page in published_docs.published(settings).pages]
    assert len(set(places)) == len(places)
