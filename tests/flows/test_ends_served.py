"""S5, S20: reuse and disconnection reach every process by the next request, however many ask."""

from collections import Counter

import pytest

from tests.databases import DATABASES
from tests.factories import Member
from tests.flows.person import Person
from tests.flows.test_tokens_served import SIXTEEN, Installation, at_once
from tests.rounds import rounds
from tests.served import Served
from tests.web.oauth.visitor import fields

EMAIL, PASSWORD = "kim@example.com", "seven paper boats in harbour"


@pytest.fixture(scope="module", params=DATABASES)
def four(request, copies, tmp_path_factory):
    """Four web processes on one database, and the same database from here."""
    folder = tmp_path_factory.mktemp(f"four-{request.param}")
    url = copies.fresh(request.param, folder)
    with Served(url, folder, web_processes="4", web_threads="4", worker_processes="1") as served:
        installation = Installation(served)
        yield installation
        installation.services.database.dispose()


def test_s5_after_the_window_sixteen_at_once_are_refused_and_the_family_is_dead(four, measured):
    for _ in range(rounds(100)):
        first = four.connected()
        second = four.refresh(first["refresh_token"])[1]
        third = four.refresh(second["refresh_token"])[1]  # shuts the window of the first
        answers = at_once(lambda t=first["refresh_token"]: four.refresh(t))
        assert Counter(status for status, _ in answers) == {400: SIXTEEN}
        assert four.refresh(third["refresh_token"])[0] == 400
        pings = [four.ping(each["access_token"]) for each in (first, second, third)]
        assert pings == [401] * 3
    measured("S5", "rounds of 16 parallel uses of a rotated token", rounds(100))


def test_s5_inside_the_window_sixteen_at_once_leave_one_living_leaf(four):
    for _ in range(rounds(50)):
        token = four.connected()["refresh_token"]
        answers = at_once(lambda t=token: four.refresh(t))
        assert Counter(status for status, _ in answers) == {200: SIXTEEN}
        (leaf,) = {told["refresh_token"] for _, told in answers}
        status, told = four.refresh(leaf)
        assert status == 200
        assert four.ping(told["access_token"]) == 200


def test_s20_what_the_dashboard_ends_is_refused_by_all_four_at_the_next_request(four, measured):
    kim = Person(four.served)
    facts = ("--email", EMAIL, "--password", PASSWORD, "--verified")
    made = four.served.polis("user", "create", *facts)
    four.who = Member(made["user_id"], made["organization_id"], "", "")
    kim.fill("/login", email=EMAIL, password=PASSWORD)
    for _ in range(rounds(50)):
        made = four.connected()
        assert set(at_once(lambda t=made["access_token"]: four.ping(t))) == {200}
        page = kim.open("/app/apps")
        assert kim.open("/app/apps", fields(page)).status_code == 303
        after = at_once(lambda t=made["access_token"]: four.ping(t))
        measured("S20", "requests let through afterwards", len(after) - after.count(401))
        assert set(after) == {401}
        assert four.refresh(made["refresh_token"])[0] == 400
    measured("S20", "rounds of a disconnection seen by four processes", rounds(50))
