"""`polis backup`: one file, whole or not there, for its owner alone, without the secret key."""

import stat

import pytest
from sqlalchemy import func, make_url, select

from app.kit import meters
from app.kit.clock import now
from app.models.accounts import User
from tests import invariants
from tests.databases import DATABASES
from tests.factories import member
from tests.flows import keeping
from tests.flows.secret_places import holds
from tests.samples import samples

SECRET = "a secret of the tests alone"


@pytest.fixture(params=DATABASES)
def kept(request, copies, tmp_path):
    return keeping.fresh(copies, request.param, tmp_path / "here")


def test_a_backup_is_put_into_an_empty_database_and_all_of_it_is_there(kept, copies, tmp_path):
    services = kept.services()
    people = [member(services, tokens=70 + number) for number in range(3)]
    services.database.dispose()
    facts = kept.facts("backup", str(kept.file))
    assert facts.keys() == {"file", "bytes", "database", "revision"}
    assert (facts["database"], facts["bytes"]) == (kept.kind, kept.file.stat().st_size)

    other = keeping.empty(copies, kept.kind, tmp_path / "there")
    told = other.facts("restore", str(kept.file), "--verify")
    assert (told["restored"], told["sound"], told["faults"]) == (True, True, [])
    assert told["looked_at"].keys() == {"file", "ledger", "holds", "audit", "references"}
    assert told["looked_at"]["ledger"] == 3
    services = other.services()
    with services.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(User)) == 3
    invariants.check(services.database)
    assert services.credentials.authenticate(people[1].key, now()).standing.packs == 71
    services.database.dispose()


def test_a_backup_is_for_its_owner_alone_and_leaves_nothing_beside_it(kept):
    file = kept.backed_up()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    names = {each.name for each in kept.folder.iterdir() if "polis.backup" in each.name}
    assert names == {file.name}


def test_when_the_last_backup_was_made_is_a_figure_and_one_that_failed_is_none(kept):
    def told():
        [(_, at)] = samples(kept.asked("metrics").stdout)[meters.BACKUP_MADE.name].items()
        return at

    assert told() == 0, "none yet"
    kept.backed_up()
    made = told()
    assert 0 <= now().timestamp() - made < 60
    assert kept.asked("backup", str(kept.file)).exit_code == 1, "it is there already"
    assert told() == made


def test_a_backup_holds_no_secret_key(kept):
    services = kept.services()
    who = member(services, tokens=5)
    services.database.dispose()
    written = keeping.unpacked(kept.backed_up())
    assert holds(written, who.key_id), "nothing was looked at"
    for secret in (SECRET, who.key, who.key.removeprefix("sk_live_")):
        assert not holds(written, secret)


def test_a_file_that_is_there_is_written_over_only_when_that_is_said(kept):
    kept.file.write_text("mine")
    assert "is there already" in kept.refusal("backup", str(kept.file))
    assert kept.file.read_text() == "mine"
    kept.facts("backup", str(kept.file), "--force")
    assert kept.file.stat().st_size > 1000


def test_where_nothing_can_be_written_it_says_so(kept):
    assert "Cannot write" in kept.refusal("backup", str(kept.folder / "no" / "folder"))
    assert "is a folder" in kept.refusal("backup", str(kept.folder), "--force")


@pytest.mark.parametrize("kind", DATABASES)
def test_where_there_is_no_database_no_backup_is_made(copies, tmp_path, kind):
    nothing = keeping.empty(copies, kind, tmp_path / "here")
    assert "POLIS_DATABASE_URL" in nothing.refusal("backup", str(nothing.file))
    assert not nothing.file.exists()


def test_no_password_stands_in_the_command_line_of_postgresqls_program(copies, tmp_path):
    kept, programs = keeping.fresh(copies, "postgresql", tmp_path / "here"), tmp_path / "programs"
    programs.mkdir()
    spy = programs / "pg_dump"
    spy.write_text(
        '#!/bin/sh\n[ "$1" = --version ] && { echo "pg_dump (PostgreSQL) 99.0"; exit; }\n'
        f'echo "$@" > {tmp_path}/seen\necho "$PGPASSWORD" > {tmp_path}/password\nexit 1\n'
    )
    spy.chmod(0o755)
    url = make_url(kept.url).set(password="tell-nobody").render_as_string(hide_password=False)
    with_password = keeping.Kept(kept.kind, url, kept.folder)
    path = f"{programs}:/usr/bin:/bin"
    assert "pg_dump failed" in with_password.refusal("backup", str(kept.file), PATH=path)
    assert "tell-nobody" not in (tmp_path / "seen").read_text()
    assert (tmp_path / "password").read_text() == "tell-nobody\n"
    assert not kept.file.exists()
