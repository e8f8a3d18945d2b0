"""What the pages say of an installation is what that installation does."""

import ast
import re
from collections.abc import Iterator
from inspect import signature

import pytest

from app.adapters.fetch.client import Client
from app.db import DatabaseAway
from app.docs import about, twins
from app.docs.facts import facts, oauth, people, spans
from app.docs.facts.failures import FAILURES, PROVISIONING
from app.docs.facts.installation import NOT_USED_YET
from app.docs.facts.limits import LIMITS
from app.docs.facts.refusals import REFUSALS
from app.docs.facts.sizes import WIRE
from app.docs.published import published
from app.docs.statuses import STATUSES
from app.domain import fetching, limits, mailed_links, pages, provisioning
from app.domain.grants import polls
from app.domain.rights import Right
from app.domain.runs import pausing
from app.errors import PolisError
from app.kit import secrets
from app.settings import PREFIX, ROOT, Settings
from app.tools import TOOLS
from app.web import create_app
from app.web.apps import words
from app.web.door import gateway
from app.web.error_shapes import STATUS, code_of
from app.web.mcp import exchange, problems, telling
from app.web.mcp.product import facts as product
from app.web.mcp.product import listen
from app.web.oauth import register
from tests.domain.test_promised_limits import PROMISED
from tests.factories import settings_for
from tests.house.source import sources

# What a worker asks for a run.
ASKED = ("app.adapters.engines", "app.domain.panel", "app.domain.pages")


def test_limits_are_printed_as_they_are_set():
    told = facts(Settings(limit_mcp_per_minute=7, limit_mcp_burst=3))["limits"]
    assert [(one.amount, one.burst) for one in told if one.name == "mcp"] == [(7, 3)]


@pytest.mark.parametrize(
    ("allowed", "pace"),
    [
        ("10/60", "6 seconds"),
        ("60/60", "second"),
        ("600/60", "0.1 seconds"),
        ("8/60", "7.5 seconds"),
    ],
)
def test_how_fast_tokens_come_back_is_told_at_any_rate(tmp_path, allowed, pace):
    docs = published(settings_for("", tmp_path, limits=(f"token:{allowed}",)))
    assert f"and then one every {pace}." in docs.text(docs.page("limits"))


def test_every_limit_says_what_it_counts_and_no_other_is_described():
    assert set(LIMITS) == set(limits.table())


def test_the_limits_said_to_be_exact_are_those_that_are_held_place_by_place():
    texts = ["\n".join(each.lines) for each in sources()]
    holding = [text for text in texts if re.search(r"\b(throttles\.|def )hold\(", text)]
    held = {name for text in holding for name in re.findall(r'limits\["(\w+)"\]', text)}
    exact = {each.name for each in limits.table().values() if each.exact}
    assert exact == held | set(PROMISED) | {"register_shared"}  # the counter's, tried one by one
    assert all(each.burst == each.amount for each in limits.table().values() if each.exact)


def test_every_right_stands_in_the_table_of_roles():
    assert set(people._WORDS) == set(Right)
    told = dict(people.facts()["rights"])
    assert told["delete the organization"] == ["", "", "yes"]
    assert told["the audit log"] == ["", "yes", "yes"]


def test_sizes_of_the_door_are_printed_as_the_door_keeps_them():
    assert WIRE == {
        "body_mib": gateway.LARGEST_BODY // 1024**2,
        "batch": exchange.LARGEST_BATCH,
        "listened_tasks": listen.MOST_TASKS,
        "listened_minutes": telling.LONGEST_S / 60,
    }
    assert f"{WIRE['body_mib']} MiB" in STATUSES[413].hint


def test_the_page_on_secrets_shows_each_as_it_is_made(tmp_path):
    docs = published(settings_for("", tmp_path))
    told = re.findall(r"`((?:sk|polis)_\w+_)(\[.+?\}?)`", docs.text(docs.page("key-format")))
    assert len(told) > 8
    for prefix, letters in told:
        length = secrets.LONG if prefix == mailed_links.PREFIX else secrets.LETTERS
        assert re.fullmatch(letters, secrets.mint(prefix, length).removeprefix(prefix)), prefix
    link = secrets.mint(mailed_links.PREFIX, secrets.LONG)
    assert secrets.well_formed(mailed_links.PREFIX, link, secrets.LONG)
    assert 62**secrets.LONG >= 2**256 > 62 ** (secrets.LONG - 1)


def test_figures_of_oauth_are_printed_as_its_endpoints_keep_them():
    assert register._LARGEST == oauth.REGISTRATION_KB * 1024
    assert polls._SLOWER_S == oauth.SLOWER_SECONDS


def test_an_event_is_given_up_when_its_page_says():
    for post in (fetching.Fetcher.post, Client.post):
        assert signature(post).parameters["seconds"].default == fetching.POSTED_S


def test_a_secret_of_an_app_works_on_as_long_as_its_page_says(tmp_path):
    docs = published(settings_for("", tmp_path))
    offered = sorted(int(hours) for hours in words.OVERLAPS)
    assert offered == [0, 24, 7 * 24]
    assert "good for 24 hours, 7 days or not at all" in docs.text(docs.page("build-an-app"))


@pytest.mark.parametrize(
    ("figures", "last", "sentence"),
    [([7], "and", "7"), ([7, 1], "and", "7 and 1"), ((50, 80, 100), "and", "50, 80 and 100")],
)
def test_figures_are_listed_as_a_sentence_lists_them(figures, last, sentence):
    assert spans.told(figures, last) == sentence


def test_what_may_be_chosen_for_an_old_key_is_listed_the_shortest_first():
    told = spans.facts()["spans"]["key_overlaps"]
    assert told == "1 hour, 24 hours, 7 days or not at all"


def test_the_status_of_a_refusal_is_the_one_it_is_given():
    assert create_app  # whatever may be refused is loaded with it
    given = {(each.code, STATUS[each.kind]) for each in _refusals(PolisError)}
    assert {(code, each.status) for code, each in REFUSALS.items()} <= given


def test_a_refusal_has_a_status_that_is_explained():
    assert {each.status for each in REFUSALS.values()} <= set(STATUSES)
    assert set(STATUS.values()) <= set(STATUSES)


@pytest.mark.parametrize(("status", "told"), STATUSES.items())
def test_a_status_has_the_code_it_is_answered_with(status, told):
    own = {code for code, each in REFUSALS.items() if each.status == status}
    if told.code:
        assert told.code == {500: "internal_error"}.get(status, code_of(status))
    unnamed = own - {told.code, *told.others, "url_blocked", "url_unreachable"}
    assert {code for code in unnamed if f"`{code}`" not in told.meaning} == set()
    given = {(each.code, STATUS[each.kind]) for each in _refusals(PolisError)}
    assert {(code, status) for code in told.others} <= given
    assert told.meaning
    assert told.hint


def test_every_status_a_door_refuses_with_is_explained():
    refused = {status for call in _calls("Refused") for status in _numbers(call)}
    assert len(refused) > 5
    assert refused <= set(STATUSES)


def test_everything_that_introduces_polis_says_that_it_takes_pages(tmp_path):
    docs = published(settings_for("", tmp_path))
    introductions = (
        TOOLS["polis_test"].description,
        product.instructions(docs.base_url),
        twins.llms(docs),
        docs.skill().partition("# ")[0],
        docs.text(docs.page("overview")),
    )
    assert all(pages.KINDS in told for told in introductions)


def test_runs_fail_with_the_codes_that_are_listed():
    raised = {each.code for each in _refusals() if each.__module__.startswith(ASKED)}
    assert raised | {pausing.ENGINE, pausing.REFUNDED, DatabaseAway.code} == set(FAILURES)


def test_keys_are_not_given_with_the_codes_that_are_listed():
    kinds = (provisioning.AccountExists, provisioning.PendingClaim)
    assert {each.code for each in kinds} == set(PROVISIONING)


def test_settings_said_to_do_nothing_are_those_no_code_reads():
    here = "docs/facts/installation.py"
    code = "\n".join("\n".join(e.lines) for e in sources() if not e.path.endswith(here))
    code += (ROOT / "gunicorn.conf.py").read_text(encoding="utf-8").lower()
    read = set(re.findall(rf"""[."](?:{PREFIX.lower()})?(\w+)""", code))
    assert set(Settings.model_fields) - read == NOT_USED_YET


def test_the_page_on_errors_lists_every_code_of_json_rpc_that_is_given(tmp_path):
    docs = published(settings_for("", tmp_path))
    listed = re.findall(r"^\| (-32\d+) \|", docs.text(docs.page("errors")), re.MULTILINE)
    given = {value for value in vars(problems).values() if type(value) is int and value < 0}
    assert set(map(int, listed)) == given - {problems.URL_ELICITATION_REQUIRED}


def test_what_has_to_be_given_stands_first():
    options = facts(Settings())["test_options"]
    needed = [field.needed for field in options if "." not in field.name]
    assert needed == sorted(needed, reverse=True)


def test_every_fact_is_told_somewhere():
    folders = ((ROOT / "app" / name).rglob("*") for name in ("docs", "templates", "web/pages"))
    files = [
        file for folder in folders for file in folder if file.suffix in {".md", ".html", ".sh"}
    ]
    words = set(re.findall(r"\w+", "\n".join(each.read_text(encoding="utf-8") for each in files)))
    assert set(facts(Settings())) - words == set()


def test_the_readme_opens_with_the_sentence_every_document_has():
    opening = (ROOT / "README.md").read_text(encoding="utf-8").replace("\n", " ")
    assert f"{about.TITLE} {about.DESCRIPTION[0].lower()}{about.DESCRIPTION[1:]}" in opening


def _refusals(kind: type[PolisError] = PolisError) -> Iterator[type[PolisError]]:
    """Every refusal of ours that has a code of its own."""
    for each in kind.__subclasses__():
        if hasattr(each, "code") and each.__module__.startswith("app."):
            yield each
        yield from _refusals(each)


def _calls(name: str) -> list[ast.Call]:
    """Every call of a function or class of this name, whosever it is."""
    nodes = [node for each in sources() for node in ast.walk(each.tree)]
    return [
        node
        for node in nodes
        if isinstance(node, ast.Call)
        and (getattr(node.func, "id", "") == name or getattr(node.func, "attr", "") == name)
    ]


def _numbers(call: ast.Call) -> list[int]:
    first = call.args[0]
    return [first.value] if isinstance(first, ast.Constant) else []
