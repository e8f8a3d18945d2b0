"""The official suite against Polis itself: all it can ask without fixtures of its own passes."""

import pytest

from tests.conformance.bearer_proxy import bearer_proxy
from tests.conformance.suite import PRODUCT_BASELINE, run

ASKED = (
    pytest.param(("--requirements", "2026-07-28"), 50, id="2026-07-28"),
    pytest.param(("--requirements", "2025-11-25"), 33, id="2025-11-25"),
    pytest.param(("--spec-version", "2025-06-18"), 27, id="2025-06-18"),
)


@pytest.fixture(scope="module")
def url(served):
    with bearer_proxy(served.url, served.key) as proxied:
        yield proxied


@pytest.mark.parametrize(("options", "scenarios"), ASKED)
def test_nothing_fails_but_what_needs_the_suite_s_own_fixtures(url, options, scenarios):
    report = run(url, *options, "--expected-failures", str(PRODUCT_BASELINE))
    assert len(report.scenarios) == scenarios
    assert report.exit_code == 0, report.output
