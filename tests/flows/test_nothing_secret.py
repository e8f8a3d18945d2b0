"""S18, S19: of all secrets of a whole run, none is in the log, the database or an error page.

Where it is kept is in secret_places.py, and who tells of it one line of TOLD.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest

from tests.databases import DATABASES
from tests.flows.person import Person
from tests.flows.secret_life import KINDS, NEW_EMAIL, NONCE, STATE, breaks, lived
from tests.flows.secret_others import OPERATORS, everybody
from tests.flows.secret_places import PLANTED, Kept, database, holds

LOST = ("users", "api_keys", "access_tokens", "clients", "work")
# What tells everybody, or whoever holds the operator's token, how an installation is.
ASKED = ("/status", "/healthz", "/readyz", "/metrics", "/api/oauth/jwks")
METRICS = {"Authorization": f"Bearer {OPERATORS['metrics_token']}"}


class Life(NamedTuple):
    """A run that is over: the person who lived it, and what each place holds of it."""

    kim: Person
    kept: dict[str, bytes]
    told: dict[str, bytes]

    @property
    def secrets(self) -> set[str]:
        return {each for each in self.kim.met if len(each) > 8}


@pytest.fixture(scope="module", params=DATABASES)
def life(request, copies, tmp_path_factory) -> Iterator[Life]:
    """An installation of its own: in the end its tables are taken away."""
    folder, apart = tmp_path_factory.mktemp("life"), tmp_path_factory.mktemp("others")
    with (
        everybody(apart) as others,
        database(request.param, copies, folder) as (url, server),
        others.serving(url, folder) as served,
    ):
        kim, its = Person(served, others.box), Kept(served, server)
        tokens = lived(kim, others)
        breaks(kim, tokens)
        its.do(*(f"ALTER TABLE {each} RENAME TO {each}_away" for each in LOST))
        breaks(kim, tokens)
        its.plant()
        asked = "".join(kim.open(path, **METRICS).text for path in ASKED).encode()
        kept = its.running()
        served.stop()
        kept |= its.ended()
        yield Life(
            kim, kept, {"figures": asked, **{name: read(kim) for name, read in TOLD.items()}}
        )


def test_s18_every_kind_of_secret_was_met(life):
    assert set(life.kim.met.values()) == KINDS


def test_s18_no_secret_of_a_whole_run_is_kept(life, measured):
    found = [
        (life.kim.met[each], place)
        for place, held in life.kept.items()
        for each in life.secrets
        if holds(held, each)
    ]
    measured("S18", "secrets of a whole run", len(life.secrets))
    measured("S18", "secrets found in database, files and what is kept of them", len(found))
    assert found == []
    assert NEW_EMAIL.encode() in life.kept["rows"], "nothing was looked at"


@pytest.mark.parametrize("planted", PLANTED)
def test_s18_what_is_kept_is_found_wherever_it_is_looked_for(life, planted):
    assert [place for place, held in life.kept.items() if not holds(held, planted)] == []


def test_s19_no_secret_of_a_whole_run_is_told(life, measured):
    told = life.secrets | {STATE, NONCE}
    found = [
        (life.kim.met.get(each, each), place)
        for place, said in life.told.items()
        for each in told - (life.kim.shown if place == "error pages" else set())
        if holds(said, each)
    ]
    measured("S19", "secrets found in logs and error pages", len(found))
    assert found == []
    assert b"request.failed" in life.told["log"], "nothing was provoked"
    assert b"\npolis_build_info{" in life.told["figures"], "the operator's token opened nothing"
    assert {page.status_code for page in life.kim.failed} >= {400, 401, 500}


TOLD: dict[str, Callable[[Person], bytes]] = {
    "log": lambda kim: kim.served.log.encode(),
    "error pages": lambda kim: "".join(page.text for page in kim.failed).encode(),
}
