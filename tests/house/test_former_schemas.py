"""R13: a database of a former schema comes up with all it held, and the code before this one runs on."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from alembic.script import ScriptDirectory

from app import bootstrap, migrations
from app.db import Database
from tests import invariants
from tests.databases import DATABASES
from tests.factories import Member, settings_for
from tests.fakes import SpyQueue
from tests.house.former_schemas import differing, kept, plant, read, rows_of, unkept
from tests.house.source import ROOT
from tests.rounds import full
from tests.tools.installation import running

FORMER = kept()
OLDEST = FORMER if full() else FORMER[:1]
HEAD = ScriptDirectory(str(Path(migrations.__file__).parent)).get_current_head()
BEFORE = FORMER if full() else [each for each in FORMER if each != HEAD][-1:]


@pytest.fixture(params=DATABASES)
def empty(request, copies, tmp_path):
    database = Database(copies.empty(request.param, tmp_path))
    yield database
    database.dispose()


def all_rows(database):
    with database.engine.connect() as connection:
        return rows_of(connection)


@pytest.mark.parametrize("revision", OLDEST)
def test_r13_a_database_of_a_former_schema_comes_up_with_all_it_held(
    empty, revision, tmp_path, measured
):
    former = read(revision)
    migrations.upgrade(empty, revision)
    plant(empty, former)
    assert differing(former.tables, all_rows(empty)) == []
    migrations.upgrade(empty)
    lost = differing(former.tables, all_rows(empty))
    measured("R13", "rows of a former release lost or altered", len(lost))
    assert lost == []
    invariants.check(empty)
    with time_machine.travel(former.written_at + timedelta(days=1)):  # its tokens end some day
        works(empty, former, tmp_path)
    invariants.check(empty)


@pytest.mark.parametrize("revision", BEFORE)
def test_r13_a_step_down_loses_nothing_the_former_schema_held(empty, revision):
    former = read(revision)
    migrations.upgrade(empty)
    plant(empty, former)
    migrations.downgrade(empty, revision)
    assert differing(former.tables, all_rows(empty)) == []


@pytest.mark.parametrize("revision", BEFORE)
def test_r13_what_the_code_of_a_former_schema_writes_is_still_taken(empty, revision):
    """Its columns alone: whatever came since is filled in by the database."""
    former = read(revision)
    migrations.upgrade(empty)
    plant(empty, former)
    assert differing(former.tables, all_rows(empty)) == []
    invariants.check(empty)


def test_r13_every_schema_a_release_had_is_kept_here():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert unkept(changelog, {read(each).release for each in FORMER}) == set()
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert {each.revision for each in scripts.walk_revisions()} >= set(FORMER)
    assert len(FORMER) >= 2


@pytest.mark.parametrize(
    ("headings", "releases", "wrong"),
    [
        (["0.1.0"], {""}, set()),  # what it will be when it is former is not yet known
        (["0.2.0", "0.1.0"], {""}, {"0.1.0"}),
        (["Unreleased", "0.2.0", "0.1.0"], {"", "0.1.0"}, {"0.2.0"}),
        (["Unreleased", "0.1.0"], {"", "0.1.0"}, set()),
        (["0.2.0", "0.1.0"], {"0.1.0", "0.2.0"}, {"0.2.0"}),
    ],
)
def test_a_release_is_kept_when_another_follows_it_and_no_sooner(headings, releases, wrong):
    changelog = "# Changelog\n" + "".join(f"\n## {each}\n\n- A line.\n" for each in headings)
    assert unkept(changelog, releases) == wrong


def works(database, former, folder):
    """Who had a key or an app there goes on as before: account, old reports, a new run."""
    settings = settings_for(database.url.render_as_string(hide_password=False), folder)
    built = bootstrap.build(settings)
    bootstrap.check(built)
    with running(replace(built, send=SpyQueue())) as polis:
        agent = polis.as_(Member("", "", former.key, ""))
        balance = former.tables["balances"][0]
        left = agent.call("polis_account")
        assert left["pack_tokens_remaining"] == balance["packs"]
        listed = agent.call("polis_runs")["runs"]
        assert {each["run_id"] for each in listed} >= {
            each["id"] for each in former.tables["runs"] if each["comparison_id"] is None
        }
        for run in listed:
            assert agent.call("polis_report", run_id=run["run_id"])["ready"] is True
        assert polis.complete_run(agent)
        app = polis.as_(Member("", "", former.access_token, ""))
        assert app.call("polis_account")["organization"] == left["organization"]
    built.database.dispose()
