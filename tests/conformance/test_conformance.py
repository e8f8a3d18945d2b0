"""The official suite, whole, against the fixture on the product's own wire."""

import pytest

from tests.conformance.bearer_proxy import bearer_proxy
from tests.conformance.served import served
from tests.conformance.suite import Report, run

KEY = "sk_test_conformance"


@pytest.fixture(scope="module")
def url():
    with served() as fixture:
        yield fixture.url


@pytest.fixture(scope="module")
def stateless(url) -> Report:
    return run(url, "--requirements", "2026-07-28")


@pytest.fixture(scope="module")
def handshake(url) -> Report:
    return run(url, "--requirements", "2025-11-25")


def test_all_37_scenarios_required_of_2026_07_28_pass(stateless):
    assert (len(stateless.scored), stateless.failing) == (37, set()), stateless.output
    assert stateless.exit_code == 0


def test_all_13_unscored_scenarios_of_2026_07_28_pass(stateless):
    assert len(stateless.unscored) == 13
    assert stateless.unscored & stateless.failing == set(), stateless.output


def test_all_ten_scenarios_of_the_tasks_extension_pass(stateless):
    tasks = {name for name in stateless.scenarios if name.startswith("tasks-")}
    assert len(tasks) == 10
    assert tasks & stateless.failing == set(), stateless.output


def test_every_header_is_held_against_the_body(stateless):
    assert stateless.scenarios["http-header-validation"] == (14, 0)
    assert stateless.scenarios["http-custom-header-server-validation"] == (10, 0)


def test_all_30_scenarios_required_of_2025_11_25_pass(handshake):
    assert (len(handshake.scored), handshake.failing) == (30, set()), handshake.output
    assert handshake.exit_code == 0


def test_the_three_unscored_scenarios_of_2025_11_25_do_not_fail(handshake):
    assert handshake.unscored == {
        "json-schema-2020-12",
        "server-session-lifecycle",
        "server-sse-polling",
    }


def test_all_27_scenarios_of_2025_06_18_pass(url):
    report = run(url, "--spec-version", "2025-06-18")
    assert (len(report.scenarios), report.failing, report.exit_code) == (27, set(), 0), (
        report.output
    )


def test_the_one_scenario_of_2025_03_26_does_not_fail(url):
    report = run(url, "--spec-version", "2025-03-26")
    assert (len(report.scenarios), report.failing, report.exit_code) == (1, set(), 0)


def test_the_bearer_proxy_changes_nothing_the_suite_can_see(stateless):
    with served(KEY) as fixture, bearer_proxy(fixture.url, KEY) as proxied:
        report = run(proxied, "--requirements", "2026-07-28")
    assert report.scenarios == stateless.scenarios


def test_without_a_bearer_the_suite_finds_a_closed_door():
    with served(KEY) as fixture:
        report = run(fixture.url, "--scenario", "tools-list", "--spec-version", "2025-11-25")
    assert report.exit_code != 0
