"""Eight processes on one database count as one: starts against a balance, requests against a limit."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from app import bootstrap
from app.bootstrap import Services
from app.domain import wallets
from app.kit import clock
from tests import invariants
from tests.databases import DATABASES
from tests.factories import Member, caller, member, settings_for
from tests.rounds import rounds
from tests.served import ROOT

PROCESSES, EACH = 8, rounds(200)
LET_THROUGH = EACH * 5  # of eight times as many: the rest must be refused
PRICE = 10

SCRIPT = """
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from app import bootstrap
from app.domain.limits import Limit
from app.errors import PolisError
from app.kit import clock
from tests.factories import settings_for
from tests.starting import begin, order

url, folder, secret, each, burst = sys.argv[1:]
services = replace(bootstrap.build(settings_for(url, Path(folder))), send=lambda ids: None)
who = services.credentials.authenticate(secret, clock.now())
limit, moment = Limit("storm", 60, 60, int(burst), "organization"), datetime(2027, 1, 10, tzinfo=UTC)
acts = {
    "start": lambda: begin(services, who, order(10)),
    "request": lambda: services.rates.take(limit, "everybody", moment),
}
for name, act in acts.items():
    for _ in range(int(each)):
        try:
            act()
            print(name, "ok")
        except PolisError as refusal:
            print(name, refusal.code)
"""


@dataclass(frozen=True)
class Storm:
    services: Services
    who: Member
    told: Counter[str]


@pytest.fixture(scope="module", params=DATABASES)
def storm(request, copies, tmp_path_factory) -> Iterator[Storm]:
    """What eight processes were told who all started runs, then all sent requests."""
    folder = tmp_path_factory.mktemp("storm")
    url = copies.fresh(request.param, folder)
    services = bootstrap.build(settings_for(url, folder))
    bootstrap.check(services)
    who = member(services, tokens=LET_THROUGH * PRICE)
    arguments = (url, str(folder), who.key, str(EACH), str(LET_THROUGH))
    with ThreadPoolExecutor(PROCESSES) as pool:
        said = list(pool.map(lambda _: run(arguments), range(PROCESSES)))
    yield Storm(services, who, Counter(line for text in said for line in text.splitlines()))
    services.database.dispose()


def test_starts_of_eight_processes_spend_a_balance_to_its_last_token(storm):
    refused = PROCESSES * EACH - LET_THROUGH
    assert (storm.told["start ok"], storm.told["start not_enough_tokens"]) == (LET_THROUGH, refused)
    with storm.services.database.reading() as session:
        wallet = caller(storm.services, storm.who).wallet
        standing = wallets.standing(session, wallet, clock.now())
    assert (standing.packs, standing.held) == (0, LET_THROUGH * PRICE)
    invariants.check(storm.services.database)


def test_requests_of_eight_processes_are_counted_exactly(storm, measured):
    refused = PROCESSES * EACH - LET_THROUGH
    let = storm.told["request ok"]
    measured("limits", "requests let through over a limit by eight processes", let - LET_THROUGH)
    assert (let, storm.told["request rate_limited"]) == (LET_THROUGH, refused)


def run(arguments: tuple[str, ...]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout
