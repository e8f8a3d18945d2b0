"""A database that cannot be used is told in one sentence, whatever was asked of it."""

import pytest

from tests.flows.commands import polis, refused

AWAY = "postgresql://nobody@127.0.0.1:1/nothing"


@pytest.mark.parametrize("url", ["mysql://here", "polis.db", "sqlite://"])
def test_only_databases_we_know_are_taken(tmp_path, url):
    sentence = refused(polis("migrate", database_url=url, instance_dir=str(tmp_path)))
    assert sentence.startswith("POLIS_DATABASE_URL: must begin with one of sqlite:///")


@pytest.mark.parametrize("command", ["serve", "migrate", "grant --email a@b.example --tokens 1"])
def test_a_database_that_does_not_answer_is_named(tmp_path, command):
    done = polis(*command.split(), database_url=AWAY, instance_dir=str(tmp_path), env="development")
    sentence = refused(done)
    assert "port 1 failed" in sentence
    assert "POLIS_DATABASE_URL" in sentence


def test_a_file_that_is_no_database_is_named(tmp_path):
    (tmp_path / "polis.db").write_bytes(b"This is a letter, not a database. " * 99)
    assert "file is not a database" in refused(polis("migrate", instance_dir=str(tmp_path)))
