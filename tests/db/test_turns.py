import sqlite3

import pytest

from app.db.turns import in_turn


def refuse(code):
    error = sqlite3.OperationalError("no")
    error.sqlite_errorcode = code
    raise error


@pytest.mark.parametrize(
    "code", [sqlite3.SQLITE_BUSY, sqlite3.SQLITE_BUSY_RECOVERY, sqlite3.SQLITE_BUSY_SNAPSHOT]
)
def test_a_busy_database_is_asked_again_until_it_answers(code):
    refusals = [code, code]
    assert in_turn(lambda: refuse(refusals.pop()) if refusals else "done") == "done"


def test_a_database_that_stays_busy_says_so_in_the_end():
    asked = []
    with pytest.raises(sqlite3.OperationalError):
        in_turn(lambda: asked.append(1) or refuse(sqlite3.SQLITE_BUSY), longest_s=0)
    assert asked


@pytest.mark.parametrize("code", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY])
def test_any_other_trouble_is_told_at_once(code):
    asked = []
    with pytest.raises(sqlite3.OperationalError):
        in_turn(lambda: asked.append(1) or refuse(code))
    assert len(asked) == 1
