"""polis_compare: two to five variants before one panel, one hold and one outcome."""

import pytest

from app.models.runs import Run

TWO = [{"content": "One"}, {"content": "Two"}]
ASKED = {"content_type": "text", "variants": TWO, "persona_count": 10}


def test_a_comparison_starts_one_run_a_variant_for_the_sum_of_their_prices(polis):
    agent = polis.agent()
    answer = agent.call("polis_compare", **{**ASKED, "variants": [*TWO, {"content": "Three"}]})
    assert answer["compare_id"].startswith("cmp_")
    assert (answer["status"], answer["tokens_charged"], answer["poll_after_s"]) == (
        "pending",
        45,
        2,
    )
    assert [run["variant"] for run in answer["runs"]] == [0, 1, 2]
    assert answer["_usage"]["held_tokens"] == 45


def test_all_variants_meet_the_same_panel_and_seed(polis):
    agent = polis.agent()
    answer = agent.call("polis_compare", **ASKED, audience="nurses", detail="snapshot", label="x")
    with polis.services.database.reading() as session:
        runs = [session.get_one(Run, run["run_id"]) for run in answer["runs"]]
    assert (
        len({(run.seed, run.persona_count, run.detail, run.audience, run.label) for run in runs})
        == 1
    )
    assert [run.content for run in runs] == ["One", "Two"]


def test_a_comparison_that_cannot_be_paid_whole_starts_nothing(polis):
    agent = polis.agent(tokens=29)
    with polis.unchanged():
        error = agent.refusal("polis_compare", **ASKED)
    assert (error["code"], error["details"]["missing_tokens"]) == ("not_enough_tokens", 1)


def test_a_variants_run_has_its_own_report(polis):
    agent = polis.agent()
    begun = polis.complete_comparison(agent)
    for run in begun["runs"]:
        assert agent.call("polis_report", run_id=run["run_id"])["ready"] is True


def test_cancelling_a_comparison_refunds_it_whole(polis):
    agent = polis.agent(tokens=100)
    compare_id = agent.call("polis_compare", **ASKED)["compare_id"]
    for _ in range(2):
        answer = agent.call("polis_cancel", run_id=compare_id)
        assert (answer["status"], answer["refunded_tokens"]) == ("cancelled", 30)
    assert answer["_usage"]["pack_tokens_remaining"] == 100


@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        ({"variants": TWO[:1]}, ["variants"]),
        ({"variants": TWO * 3}, ["variants"]),
        ({"variants": []}, ["variants"]),
        ({"variants": "One"}, ["variants"]),
        ({"variants": [*TWO, "Three"]}, ["variants.2"]),
        ({"variants": [{"content": " "}, {}]}, ["variants.0.content", "variants.1.content"]),
        ({"variants": [*TWO, {"content": "x", "label": " \n"}]}, ["variants.2.label"]),
        ({"variants": [*TWO, {"content": "x", "url": "http://e.com"}]}, ["variants.2.url"]),
        ({"variants": [*TWO, {"content": "x", "detail": "deep"}]}, ["variants.2.detail"]),
        ({"variants": [{"content": 1}, {"content": "\0"}]}, ["variants.0.content", "variants.1.content"]),
        ({"content": "One"}, ["content"]),
        ({"url_mode": "copy"}, ["url_mode"]),
        ({"content_type": "url"}, ["variants.0.url", "variants.0.content", "variants.1.url", "variants.1.content"]),
    ],
)  # fmt: skip
def test_every_bad_field_of_every_variant_is_named(polis, facts, fields):
    agent = polis.agent()
    with polis.unchanged():
        error = agent.refusal("polis_compare", **{**ASKED, **facts})
    assert error["code"] == "invalid_input"
    assert sorted(each["field"] for each in error["details"]["fields"]) == sorted(fields)


def test_nothing_said_of_a_variants_optionals_is_leaving_them_out(polis):
    variants = [{**variant, "url": None, "label": None} for variant in TWO]
    polis.agent().call("polis_compare", **{**ASKED, "variants": variants})


def test_a_reading_key_compares_nothing(polis):
    agent = polis.agent(scopes=("mcp:read",))
    assert agent.refusal("polis_compare", **ASKED)["code"] == "insufficient_scope"
