"""Letters: written down with what caused them, sent by a worker, kept for later if they cannot."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, text

from app.adapters.mail.mailbox import Mailbox
from app.domain import accounts, mails
from app.domain.letters import LETTERS
from app.kit import clock
from app.models.sign_in import MailedLink
from app.models.work import Work
from tests.fakes import work_off
from tests.served import free_port
from tests.working import open_work, wear_out

EMAIL = "ada@example.com"
ASKED = {"browser": "brw_1", "onward": "/app/apps"}


@pytest.fixture
def ada(services):
    with services.transaction() as session:
        accounts.create(session, EMAIL, password_digest=None, mode="simulated", now=clock.now())


def record(services, purpose, facts, recipient=EMAIL):
    with services.transaction() as session:
        mails.record(session, purpose, recipient, facts, clock.now())


def box(services, keys=None):
    return Mailbox(services.database, keys or services.links.keys).read()


def test_a_letter_is_sent_with_a_link_that_stands_nowhere(services, ada):
    record(services, "reset", ASKED)
    work_off(services)
    (letter,) = box(services)
    assert (letter.recipient, letter.subject) == (EMAIL, "Choose a new password for Polis")
    secret = re.search(r"http://127.0.0.1:8000/link/(\S+)", letter.body)[1]
    with services.database.reading() as session:
        link = session.scalars(select(MailedLink)).one()
        rows = "".join(
            repr(session.execute(text(f"SELECT * FROM {table}")).all())
            for table in ("work", "mailed_links", "development_mails")
        )
    assert (link.purpose, link.session_id, link.onward) == ("reset", "brw_1", "/app/apps")
    assert secret not in rows
    assert open_work(services) == []


def test_a_letter_says_as_long_as_its_link_works(services, ada):
    with time_machine.travel(clock.now(), tick=False):
        record(services, "reset", ASKED)
        work_off(services)
        with services.database.reading() as session:
            link = session.scalars(select(MailedLink)).one()
    (letter,) = box(services)
    minutes = (link.expires_at - link.created_at) // timedelta(minutes=1)
    assert f"works once, for {minutes} minutes:" in letter.body


def test_who_has_no_account_gets_no_letter_with_a_link(services):
    record(services, "sign_in", ASKED)
    work_off(services)
    assert box(services) == []
    assert open_work(services) == []


def test_the_mailbox_is_read_with_older_secrets_and_not_without(services, ada):
    record(services, "verify", ASKED)
    work_off(services)
    assert "/link/" in box(services, ("a newer secret", *services.links.keys))[0].body
    assert box(services, ("another secret",))[0].body == "Sealed under a secret that is gone."


def test_every_letter_says_where_it_comes_from_and_how_to_go_on():
    for name, letter in LETTERS.items():
        facts = dict.fromkeys(re.findall(r"{(\w+)}", letter.subject + letter.words), "x")
        subject, body = letter.written({**facts, "base_url": "https://polis.example"})
        assert "{" not in subject + body, name
        assert "https://polis.example" in body
        assert ("{link}" in letter.words) == bool(letter.link), name


def test_a_letter_with_a_missing_fact_is_refused_where_it_is_recorded(services):
    with pytest.raises(KeyError):
        record(services, "new_device", {"at": "now"})
    with services.database.reading() as session:
        assert session.scalars(select(Work)).all() == []


def test_mail_waits_for_a_server_that_is_away(services, ada):
    settings = services.settings.model_copy(
        update={"smtp_host": "127.0.0.1", "smtp_port": free_port()}
    )
    away = replace(services, settings=settings)
    record(services, "reset", ASKED)
    with time_machine.travel(clock.now(), tick=False) as traveller:
        wear_out_until(away, traveller)
        traveller.shift(3600)
        work_off(services)
    assert len(box(services)) == 1


def wear_out_until(services, traveller):
    """Fail every attempt of the first row; a later one then waits."""
    first = open_work(services)
    from structlog.testing import capture_logs

    with capture_logs():
        while open_work(services) == first:
            work_off(services)
            traveller.shift(20)


def test_mail_is_given_up_after_hours(services, ada):
    settings = services.settings.model_copy(
        update={"smtp_host": "127.0.0.1", "smtp_port": free_port()}
    )
    record(services, "reset", ASKED)
    assert wear_out(replace(services, settings=settings)) == 5 * 5
    with services.database.reading() as session:
        errors = session.scalars(select(Work.error)).all()
    assert len(errors) == 5
    assert EMAIL not in "".join(errors)
