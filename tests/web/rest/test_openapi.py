"""Schemathesis over the REST twin: whatever fits or breaks the description, the answer fits it."""

from collections import Counter
from functools import partial

import pytest
import schemathesis
from hypothesis import HealthCheck, assume, given, settings
from schemathesis import GenerationMode, checks
from schemathesis.checks import load_all_checks

from app.tools import TOOLS
from tests.rounds import rounds

load_all_checks()
CASES = rounds(400)
NOT_SAID_BY_A_SCHEMA = [  # fields that need each other, handles nobody has
    checks.CHECKS.get_one("positive_data_acceptance"),
]


@pytest.mark.parametrize("tool", TOOLS)
def test_s33_the_answer_is_one_the_description_knows(polis, tool, measured):
    agent = polis.agent(tokens=0)
    told = held_to_the_description(polis, agent, tool, lambda body: body)
    measured("S33", "generated requests", told.total())
    measured("S33", "answers of 5xx", sum(n for status, n in told.items() if status >= 500))


SPENDS = ("polis_test", "polis_compare", "polis_ask")


@pytest.mark.parametrize("tool", SPENDS)
def test_s33_with_tokens_what_is_asked_for_is_given_as_the_description_says(inline, tool, measured):
    agent = inline.agent(tokens=10**8)
    run_id = inline.complete_run(agent)

    def mended(body):
        kept = {name: value for name, value in body.items() if name not in LONELY}
        return {**kept, **FITS[tool](run_id)}

    told = held_to_the_description(inline, agent, tool, mended)
    assert told[200] >= CASES // 4, told
    measured("S33", "generated requests", told.total())
    measured("S33", "answers of 5xx", sum(n for status, n in told.items() if status >= 500))


# What no schema says: which fields need each other, whose run it is. The rest is generated.
FITS = {
    "polis_test": lambda _: {"content_type": "text", "content": "Hello, world", **SMALL},
    "polis_compare": lambda _: {
        "content_type": "text",
        "variants": [{"content": "Hello"}, {"content": "Good evening", "label": "Later"}],
        **SMALL,
    },
    "polis_ask": lambda run_id: {"run_id": run_id, "target": "panel"},
}
SMALL = {"persona_count": 10}
LONELY = {"url", "url_mode", "persona_id", "archetype", "segment", "thread_id"}


def held_to_the_description(polis, agent, tool, mended):
    """Send what fits and what breaks the description; gives how often each status was told."""
    described = schemathesis.openapi.from_wsgi(
        "/openapi.json", polis.app, headers={"Host": "127.0.0.1:8000"}
    )
    headers = {"Authorization": f"Bearer {agent.who.key}", "Host": "127.0.0.1:8000"}
    operation = described[f"/api/v1/{tool.removeprefix('polis_')}"]["POST"]
    fitting = operation.as_strategy(GenerationMode.POSITIVE, headers=headers)
    breaking = operation.as_strategy(GenerationMode.NEGATIVE, headers=headers)
    told = Counter()

    @settings(
        max_examples=CASES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=fitting.map(partial(with_body, mended)) | breaking)
    def ask(case):
        assume(not holds_null(case.body))  # null is leaving out, which no schema of ours says
        answer = case.call_and_validate(headers=headers, excluded_checks=NOT_SAID_BY_A_SCHEMA)
        told[answer.status_code] += 1

    ask()
    return told


def with_body(mended, case):
    if isinstance(case.body, dict):
        case.body = mended(case.body)
    return case


def holds_null(value):
    if isinstance(value, dict):
        return any(map(holds_null, value.values()))
    return any(map(holds_null, value)) if isinstance(value, list) else value is None
