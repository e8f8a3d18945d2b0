"""Schemathesis over the REST twin: whatever fits or breaks the description, the answer fits it."""

from collections import Counter

import pytest
import schemathesis
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode, checks
from schemathesis.checks import load_all_checks

from app.tools import TOOLS
from tests.rounds import rounds

load_all_checks()
CASES = rounds(400)
NOT_SAID_BY_A_SCHEMA = [  # fields that need each other, handles nobody has
    checks.CHECKS.get_one("positive_data_acceptance"),
]


@pytest.fixture
def described(polis):
    return schemathesis.openapi.from_wsgi(
        "/openapi.json", polis.app, headers={"Host": "127.0.0.1:8000"}
    )


@pytest.mark.parametrize("tool", TOOLS)
def test_s33_the_answer_is_one_the_description_knows(polis, described, tool, measured):
    agent = polis.agent(tokens=0)
    headers = {"Authorization": f"Bearer {agent.who.key}", "Host": "127.0.0.1:8000"}
    operation = described[f"/api/v1/{tool.removeprefix('polis_')}"]["POST"]
    fitting = operation.as_strategy(GenerationMode.POSITIVE, headers=headers)
    told = Counter()
    breaking = operation.as_strategy(GenerationMode.NEGATIVE, headers=headers)

    @settings(
        max_examples=CASES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=st.one_of(fitting, breaking))
    def ask(case):
        assume(not holds_null(case.body))  # null is leaving out, which no schema of ours says
        answer = case.call_and_validate(headers=headers, excluded_checks=NOT_SAID_BY_A_SCHEMA)
        told[answer.status_code] += 1

    ask()
    measured("S33", "generated requests", told.total())
    measured("S33", "answers of 5xx", sum(n for status, n in told.items() if status >= 500))


def holds_null(value):
    if isinstance(value, dict):
        return any(map(holds_null, value.values()))
    return any(map(holds_null, value)) if isinstance(value, list) else value is None
