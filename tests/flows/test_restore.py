"""`polis restore`: refused where it would harm, whole or not at all, and nobody is let in by it."""

import json

import pytest
from sqlalchemy import select, text

from app import migrations, outbox
from app.db import Database
from app.domain import mailed_links, sessions
from app.domain.bearers import BadCredential
from app.domain.sessions import Browser
from app.kit import clock
from app.models.audit import AuditEvent
from app.models.credentials import SignInSession
from app.models.grants import AuthorizationCode
from app.models.sign_in import MailedLink
from tests import oauth
from tests.databases import DATABASES
from tests.factories import member
from tests.flows import keeping

OLDER = "0012"


@pytest.fixture(params=DATABASES)
def kept(request, copies, tmp_path):
    return keeping.fresh(copies, request.param, tmp_path / "here")


@pytest.fixture
def other(kept, copies, tmp_path):
    return keeping.empty(copies, kept.kind, tmp_path / "there")


class Inside:
    """A person with everything that lets somebody in."""

    def __init__(self, services) -> None:
        now = clock.now()
        self.who = member(services, tokens=50, verified=True)
        self.tokens = oauth.tokens(services, self.who)
        self.given = oauth.approved(services, self.who)
        with services.transaction() as session:
            browser = Browser("192.0.2.1", "a browser")
            self.session = sessions.begin(session, self.who.user_id, browser, now).secret
            session.add(
                MailedLink(
                    digest=b"l" * 32, purpose="sign_in", user_id=self.who.user_id,
                    email="kim@example.com", created_at=now, expires_at=now + mailed_links.LIFE,
                )
            )  # fmt: skip


def test_sessions_links_and_codes_of_a_backup_let_nobody_in(kept, other):
    services = kept.services()
    inside = Inside(services)
    services.database.dispose()
    ended = other.facts("restore", str(kept.backed_up()))["ended"]
    assert ended == {
        "sessions": 1, "links": 1, "codes": 1, "keys": 0, "connections": 0, "secrets": 0, "shares": 0,
    }  # fmt: skip
    services, now = other.services(), clock.now()
    with services.database.reading() as session:
        assert sessions.resume(session, inside.session, now) is None
        assert session.scalars(select(SignInSession.revoked_at)).one() is not None
        assert session.scalars(select(MailedLink.expires_at)).one() <= now
        unused = AuthorizationCode.used_at.is_(None), AuthorizationCode.expires_at > now
        assert session.scalars(select(AuthorizationCode).where(*unused)).all() == []
    assert services.credentials.authenticate(inside.who.key, now).standing.packs == 50
    assert services.credentials.authenticate(inside.tokens.access_token, now)
    services.database.dispose()


def test_what_was_revoked_after_a_backup_is_dead_again_when_credentials_end(kept, other):
    services = kept.services()
    inside = Inside(services)
    services.database.dispose()
    ended = other.facts("restore", str(kept.backed_up()), "--end-credentials", "--verify")["ended"]
    assert (ended["keys"], ended["connections"]) == (1, 2)
    services, now = other.services(), clock.now()
    for secret in (inside.who.key, inside.tokens.access_token):
        with pytest.raises(BadCredential):
            services.credentials.authenticate(secret, now)
    with services.database.reading() as session:
        restored = select(AuditEvent).where(AuditEvent.action.like("%.restored"))
        told = {event.chain: event for event in session.scalars(restored)}
    assert told.keys() == {"installation", inside.who.organization_id}
    assert {event.actor for event in told.values()} == {"operator"}
    assert told[inside.who.organization_id].details["keys"] == 1
    services.database.dispose()


def test_a_database_in_use_is_written_over_only_when_that_is_said(kept):
    services = kept.services()
    member(services, tokens=5)
    file = kept.backed_up()
    late = member(services, tokens=7)
    services.database.dispose()
    assert "not empty" in kept.refusal("restore", str(file))
    assert kept.facts("restore", str(file), "--force")["restored"]
    services = kept.services()
    with pytest.raises(BadCredential):
        services.credentials.authenticate(late.key, clock.now())
    services.database.dispose()


def test_nothing_is_restored_while_a_worker_lives_or_anybody_has_the_database_open(kept):
    file = kept.backed_up()
    services = kept.services()
    with services.transaction() as session:
        outbox.renew(session, "a worker", clock.now())
    assert "A worker was heard of" in kept.refusal("restore", str(file), "--force")
    with services.transaction() as session:
        outbox.leave(session, "a worker")
    with services.database.reading() as session:
        session.execute(text("SELECT 1 FROM users"))
        assert "open" in kept.refusal("restore", str(file), "--force")
    services.database.dispose()
    assert kept.facts("restore", str(file), "--force")["restored"]


def test_a_backup_of_a_newer_schema_is_refused(kept, other):
    database = Database(kept.url)
    with database.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.dispose()
    sentence = other.refusal("restore", str(kept.backed_up()), "--force")
    assert "newer Polis (schema 9999)" in sentence


def test_a_backup_of_an_older_schema_is_brought_to_head(kept, other):
    database = Database(kept.url)
    migrations.downgrade(database, OLDER)
    database.dispose()
    assert kept.facts("backup", str(kept.file))["revision"] == OLDER
    assert other.facts("restore", str(kept.file), "--verify")["sound"]
    database = Database(other.url)
    assert migrations.at_head(database)
    database.dispose()


def sound_and_wrong(kept):
    """Somebody with tokens, a backup of them, and one whose balance its entries do not bear out."""
    services = kept.services()
    who = member(services, tokens=5)
    file, wrong = kept.backed_up(), kept.folder / "wrong"
    for change in ("+ 1", "- 1"):
        with services.transaction() as session:
            session.execute(text(f"UPDATE balances SET packs = packs {change}"))
        if not wrong.exists():
            kept.facts("backup", str(wrong))
    services.database.dispose()
    return who, file, wrong


def test_after_what_does_not_hold_an_empty_database_is_as_empty_as_before(kept, other):
    who, file, wrong = sound_and_wrong(kept)
    assert other.asked("restore", str(wrong), "--verify").exit_code == 1
    assert other.facts("restore", str(file), "--verify")["restored"]
    services = other.services()
    assert services.credentials.authenticate(who.key, clock.now()).standing.packs == 5
    services.database.dispose()


def test_what_does_not_hold_is_told_and_put_nowhere(kept):
    who, file, wrong = sound_and_wrong(kept)
    done = kept.asked("restore", str(wrong), "--verify", "--force", "--json")
    told = json.loads(done.stdout)
    assert (done.exit_code, told["restored"], told["sound"]) == (1, False, False)
    assert "packs is 6, its entries say 5" in told["faults"][0]
    assert kept.asked("restore", str(wrong), "--dry-run", "--json").exit_code == 1
    services = kept.services()
    assert services.credentials.authenticate(who.key, clock.now()).standing.packs == 5
    services.database.dispose()
    assert kept.facts("restore", str(file), "--verify", "--force")["sound"]


def test_a_backup_is_looked_at_without_writing_anything(kept):
    services = kept.services()
    member(services, tokens=5)
    file = kept.backed_up()
    late = member(services, tokens=7)
    services.database.dispose()
    told = kept.facts("restore", str(file), "--dry-run")
    assert (told["restored"], told["sound"], told["ended"]) == (False, True, None)
    services = kept.services()
    assert services.credentials.authenticate(late.key, clock.now()).standing.packs == 7
    services.database.dispose()
    assert {each.name for each in kept.folder.glob(".tmp*")} == set()


def test_tables_of_others_are_not_taken_along(kept):
    file = kept.backed_up()
    database = Database(kept.url)
    with database.transaction() as session:
        session.execute(text("CREATE TABLE recipes (id integer)"))
    database.dispose()
    assert "recipes" in kept.refusal("restore", str(file), "--force")


def test_work_that_was_held_when_it_was_backed_up_is_free_for_the_next_worker(kept, other):
    services, now = kept.services(), clock.now()
    with services.transaction() as session:
        outbox.record(session, "send_mail", {}, key="a mail", now=now)
    with services.transaction() as session:
        [parcel] = outbox.due(session, now)
        assert outbox.claim(session, parcel.work_id, "a worker", ["send_mail"], now)
        outbox.renew(session, "a worker", now)
    services.database.dispose()
    other.facts("restore", str(kept.backed_up()))
    services = other.services()
    with services.database.reading() as session:
        assert outbox.due(session, now) == [parcel]
        assert outbox.last_beat(session, clock.now()) is None
    services.database.dispose()


@pytest.mark.parametrize(
    ("content", "word"), [(b"", "no backup"), (b"hello", "no backup"), (b"PGDMP", "PostgreSQL")]
)
def test_what_is_no_backup_of_this_kind_is_refused(copies, tmp_path, content, word):
    kept = keeping.fresh(copies, "sqlite", tmp_path / "here")
    kept.file.write_bytes(content)
    assert word in kept.refusal("restore", str(kept.file))
    assert "Cannot read" in kept.refusal("restore", str(kept.folder / "none"))


def test_half_a_backup_is_refused_and_the_database_stays(kept):
    services = kept.services()
    who = member(services, tokens=5)
    services.database.dispose()
    file = kept.backed_up()
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    done = kept.asked("restore", str(file), "--verify", "--force", "--json")
    assert done.exit_code == 1
    services = kept.services()
    assert services.credentials.authenticate(who.key, clock.now()).standing.packs == 5
    services.database.dispose()
