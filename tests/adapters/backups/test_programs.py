"""PostgreSQL's own programs: the newest there is, or a sentence that says what to install."""

import pytest

from app.adapters.backups import programs
from app.adapters.backups.place import BackupRefused


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Puts a pg_dump of a version where a system would, and nothing else is in PATH."""
    monkeypatch.setenv("PATH", str(tmp_path / "path"))

    def install(version: str, folder: str = "") -> str:
        where = tmp_path / (f"{folder}/bin" if folder else "path")
        where.mkdir(parents=True)
        program = where / "pg_dump"
        program.write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version}'\n")
        program.chmod(0o755)
        return str(program)

    return install


def refusal(root, server):
    with pytest.raises(BackupRefused) as refused:
        programs.found("pg_dump", server, [str(root)])
    return f"{refused.value.message} {refused.value.hint}"


def test_where_it_is_missing_it_says_what_to_install(installed, tmp_path):
    sentence = refusal(tmp_path, 16)
    assert sentence.startswith("pg_dump is not installed.")
    assert "apt-get install postgresql-client-16" in sentence


def test_one_older_than_the_server_is_no_help(installed, tmp_path):
    installed("15.4 (Debian 15.4-1)")
    assert refusal(tmp_path, 16).startswith("pg_dump 15 is too old for PostgreSQL 16.")


def test_the_newest_is_taken_in_path_or_not(installed, tmp_path):
    installed("15.4")
    installed("16.1", "16")
    newest = installed("18.0", "pgsql-18")
    installed("99.0", "somebody-elses")
    assert programs.found("pg_dump", 16, [str(tmp_path)]) == newest
