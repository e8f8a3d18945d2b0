"""Mail by SMTP: whole, once, and never a password over an open line."""

from base64 import b64encode
from email import message_from_string, policy

import pytest

from app.adapters import mail
from app.adapters.mail.mailbox import Mailbox
from app.domain.post import Mail, NotSent
from app.settings import Settings
from tests.adapters.fetch.wire import certificate_for, server_tls
from tests.adapters.mail.post_office import ENCRYPTED, PostOffice
from tests.served import free_port

LETTER = Mail(
    "wrk_1", "ada@example.com", "Grüße aus Athen", "Ein Weg: https://polis.example/link/x\n"
)


def mailer(port, **more):
    facts = {"smtp_host": "127.0.0.1", "smtp_port": port, "base_url": "https://polis.example"}
    return mail.build(Settings.model_validate(facts | more), None, ("a secret",))


def test_a_mail_arrives_whole():
    with PostOffice() as office:
        mailer(office.port).send(LETTER)
    letter = message_from_string(office.taken[0], policy=policy.default)
    assert letter["To"] == "ada@example.com"
    assert letter["Subject"] == "Grüße aus Athen"
    assert letter["From"] == "Polis <no-reply@polis.example>"
    assert letter["Message-ID"] == "<wrk_1@polis.example>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content().strip() == LETTER.body.strip()


def test_a_refused_recipient_is_told_without_the_address():
    with (
        PostOffice(answer_to_rcpt="550 no such user ada@example.com") as office,
        pytest.raises(NotSent) as refusal,
    ):
        mailer(office.port).send(LETTER)
    assert "ada" not in str(refusal.value)
    assert office.taken == []


def test_no_server_is_said():
    with pytest.raises(NotSent, match="did not take"):
        mailer(free_port()).send(LETTER)


def test_a_password_never_goes_over_an_open_line():
    with (
        PostOffice(offers="250-here\r\n250 AUTH PLAIN") as office,
        pytest.raises(NotSent, match="encryption"),
    ):
        mailer(office.port, smtp_user="polis", smtp_password="secret").send(LETTER)
    assert office.taken == []


def test_it_goes_where_the_server_goes_on_encrypted_under_its_own_name(tmp_path, monkeypatch):
    certificate = certificate_for("localhost", tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))  # whom this machine believes
    its = {"smtp_user": "polis", "smtp_password": "secret"}
    with PostOffice(offers=ENCRYPTED, tls=server_tls(certificate)) as office:
        mailer(office.port, smtp_host="localhost", **its).send(LETTER)
        with pytest.raises(NotSent, match="SSLCertVerificationError"):
            mailer(office.port, **its).send(LETTER)
    shown = b64encode(b"\0polis\0secret").decode()
    assert office.shown == [f"AUTH PLAIN {shown}"]
    assert len(office.taken) == 1


@pytest.mark.parametrize(
    "injected", ["ada@example.com\r\nBcc: eve@example.com", "a\nb@example.com"]
)
def test_an_address_cannot_become_a_header(injected):
    with PostOffice() as office, pytest.raises(ValueError, match=r"newline|linefeed"):
        mailer(office.port).send(LETTER._replace(recipient=injected))
    assert office.taken == []


def test_development_keeps_its_mail_and_production_without_a_server_says_so():
    assert isinstance(mail.build(Settings(env="development"), None, ("x",)), Mailbox)
    with pytest.raises(NotSent, match="No mail server"):
        mail.build(Settings(), None, ("x",))
