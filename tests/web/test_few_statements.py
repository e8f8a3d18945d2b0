"""Every page of the map, with ten rows of everything and with 1,000: few statements, and as many (R10).

A new route under /app is found by itself.
"""

import re

import pytest
from sqlalchemy import Connection

from app.db import Base
from app.kit import clock
from tests.filling import Owner, fill
from tests.rounds import full
from tests.tools.installation import polis, standing
from tests.web.queries import counted, given
from tests.web.team.people import Team
from tests.web.test_rights_of_routes import routes, things

__all__ = ["polis", "standing"]

MOST = 12
FEW, MANY = 10, 1_000 if full() else 300
# What may take more of them where there is more to read: files, a piece of rows at a time.
GROWS = {"/app/audit.csv", "/app/audit.jsonl", "/app/runs.csv", "/app/billing/statement.csv"}
# Of an organization there may be few of these, of all organizations there are very many.
READS_ALL = re.compile(rf"SCAN ({'|'.join(Base.metadata.tables)})(_\d+)?\b")  # or under an alias


def filled(polis, rows) -> tuple[Team, dict[str, str]]:
    """An organization with so many rows, and everything in it that a page names."""
    there = Team(polis)
    mode = polis.services.settings.payment_mode
    subjects = (f"key:key_{there.id}",)  # its counter is its own
    owner = Owner(there.id, there.owner.who.user_id, subjects, mode)
    fill(polis.services.database, owner, rows, rows * 10, clock.now())
    return there, things(there)


def opened(there, path):
    """Open a page to its end: a file is made while it is read."""
    answer = there.owner.open(path)
    assert answer.status_code < 500, path
    for _ in answer.response:
        pass
    answer.close()


def pages(polis, facts):
    for route in routes(polis):
        if route.method == "GET":
            yield route.rule, route.path(facts)


def test_r10_every_page_takes_few_statements_and_as_many_with_many_rows(polis, measured):
    taken = {FEW: {}, MANY: {}}
    for rows, found in taken.items():
        there, facts = filled(polis, rows)
        for rule, path in pages(polis, facts):
            opened(there, path)  # once for what is remembered afterwards
            with counted(polis.services.database) as seen:
                opened(there, path)
            found[rule] = len(seen)
    assert len(taken[FEW]) > 60
    pairs = {rule: (number, taken[MANY][rule]) for rule, number in taken[FEW].items()}
    measured("R10", "statements a page takes", max(map(max, pairs.values())))
    assert {rule: both for rule, both in pairs.items() if max(both) > MOST} == {}
    assert {
        rule: both for rule, both in pairs.items() if both[0] < both[1] and rule not in GROWS
    } == {}


@pytest.mark.parametrize("standing", ["sqlite"], indirect=True)
def test_no_page_reads_a_whole_table(polis):
    there, facts = filled(polis, FEW)
    found = {}
    for rule, path in pages(polis, facts):
        with given(polis.services.database) as ran:
            opened(there, path)
        with polis.services.database.engine.connect() as connection:
            for sql, values in [each for each in ran if each[0].startswith(("SELECT", "WITH"))]:
                if read := whole(connection, sql, values):
                    found.setdefault(rule, set()).update(read)
    assert found == {}


@pytest.mark.parametrize("standing", ["sqlite"], indirect=True)
def test_a_statement_that_reads_a_whole_table_is_seen_whichever_table_it_is(polis):
    with polis.services.database.engine.connect() as connection:
        for name in Base.metadata.tables:
            for words in (f"{name}", f"{name} AS {name}_1", f"runs JOIN {name} AS {name}_2"):
                assert whole(connection, f"SELECT 1 FROM {words}"), words
        assert not whole(connection, "SELECT 1 FROM runs WHERE id = ?", ("run_1",))


def whole(connection: Connection, sql: str, values: object = ()) -> set[str]:
    """The steps of a statement that read all there is of a table."""
    plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
    return {row.detail for row in plan if READS_ALL.search(row.detail)}
