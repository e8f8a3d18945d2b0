"""What is found dies at once, whatever kind it is, and those it belongs to are told once."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from app.adapters.mail.mailbox import Mailbox
from app.docs.published import published
from app.domain import leaks, mailed_links
from app.domain.clients import register
from app.domain.clients import secrets as client_secrets
from app.domain.credentials import LIVE, TEST
from app.domain.grants import tokens
from app.domain.leaks import Report
from app.kit import clock, secrets
from app.models.accounts import Membership
from app.models.audit import AuditEvent
from app.models.clients import Client, ClientSecret
from app.models.grants import AuthorizationCode, Grant
from app.models.work import Work
from tests import oauth
from tests.factories import member, settings_for
from tests.fakes import work_off
from tests.together import together

TOLD = Report("a test", "https://example.com/x")


@pytest.fixture
def found(services):
    """A secret is reported; gives whether it was ever ours, and who is mailed."""

    def report(secret: str, after=timedelta()) -> tuple[bool, list[str]]:
        with services.transaction() as session:
            before = set(session.scalars(select(Work.id)))
            ours = leaks.report(session, secret, TOLD, clock.now() + after)
            rows = session.execute(select(Work.id, Work.payload).order_by(Work.id)).all()
        return ours, [payload["recipient"] for id_, payload in rows if id_ not in before]

    return report


@pytest.fixture
def ada(services):
    return member(services, verified=True, email="ada@example.com")


def ended(services) -> list[str | None]:
    with services.database.reading() as session:
        return list(session.scalars(select(Grant.ended_because)))


def issued(services, who):
    return oauth.tokens(services, who)


@pytest.mark.parametrize("book", ["live", "test"])
def test_an_api_key_is_told_to_its_maker_and_every_owner(services, found, ada, book):
    who = member(services, book=book, email="bob@example.com")
    with services.transaction() as session:
        session.add(
            Membership(
                organization_id=who.organization_id, user_id=ada.user_id, role="owner",
                created_at=clock.now(),
            )
        )  # fmt: skip
    ours, told = found(who.key)
    assert ours
    assert sorted(told) == ["ada@example.com", "bob@example.com"]
    assert found(who.key) == (True, [])


def test_a_plain_member_is_not_told_of_an_organization_secret(services, found, ada):
    who = member(services, email="bob@example.com")
    with services.transaction() as session:
        session.add(
            Membership(
                organization_id=who.organization_id, user_id=ada.user_id, role="member",
                created_at=clock.now(),
            )
        )  # fmt: skip
    assert found(who.key) == (True, ["bob@example.com"])


def test_an_expired_key_mails_nobody(services, found, ada):
    from app.domain import keys

    ends = clock.now() + timedelta(hours=1)
    with services.transaction() as session:
        made = keys.create(
            session, ada.organization_id, user_id=ada.user_id, name="short", now=clock.now(),
            expires_at=ends,
        )  # fmt: skip
    assert found(made.secret, after=timedelta(hours=2)) == (True, [])


def test_of_eight_reports_at_once_one_is_mailed(services, ada):
    def report(_number: int) -> bool:
        with services.transaction() as session:
            return leaks.report(session, ada.key, TOLD, clock.now())

    assert together(8, report) == [True] * 8
    with services.database.reading() as session:
        assert session.scalar(select(func.count()).where(Work.kind == "send_mail")) == 1


@pytest.mark.parametrize("which", ["access_token", "refresh_token"])
def test_a_token_ends_its_grant(services, found, ada, which):
    token = getattr(issued(services, ada), which)
    assert found(token) == (True, ["ada@example.com"])
    assert ended(services) == ["leaked"]
    assert found(token) == (True, [])


@pytest.mark.parametrize(
    ("vouched", "told"), [(False, "An app at app.example"), (True, "call evil.example")]
)
def test_the_mail_repeats_no_name_that_anybody_could_choose(services, found, ada, vouched, told):
    app = oauth.client(
        services, name="call evil.example", verified_at=clock.now() if vouched else None
    )
    found(oauth.tokens(services, ada, app).access_token)
    with services.database.reading() as session:
        payload = session.scalar(select(Work.payload).where(Work.kind == "send_mail"))
    assert payload["facts"]["name"] == told


def test_a_code_is_deleted_with_the_grant_it_would_have_opened(services, found, ada):
    approved = oauth.approved(services, ada, oauth.client(services))
    assert found(approved.code) == (True, ["ada@example.com"])
    assert ended(services) == ["leaked"]
    with services.database.reading() as session:
        assert session.scalar(select(AuthorizationCode.digest)) is None
    assert found(approved.code) == (False, [])


def test_a_code_was_made_when_it_was_issued_however_long_ago_its_person_signed_in(
    services, found, ada
):
    at = clock.now().replace(microsecond=0) - timedelta(minutes=3)
    approved = oauth.approved(services, ada, oauth.client(services), now=at)
    signed_in = update(AuthorizationCode).values(authenticated_at=at - timedelta(days=2))
    with services.transaction() as session:
        session.execute(signed_in)
    found(approved.code)
    with services.database.reading() as session:
        payload = session.scalar(select(Work.payload).where(Work.kind == "send_mail"))
    assert payload["facts"]["made_at"] == clock.iso(at)


def test_a_used_code_is_dead_already(services, found, ada):
    approved = oauth.approved(services, ada, oauth.client(services))
    oauth.redeem(services, approved)
    assert found(approved.code) == (True, [])
    assert ended(services) == [None]


def test_a_client_secret_is_told_to_the_owners_of_its_app(services, found, ada):
    app = oauth.client(services, kind="developer", organization_id=ada.organization_id)
    with services.transaction() as session:
        leaked = client_secrets.issue(session, app.id, clock.now())
        other = client_secrets.issue(session, app.id, clock.now())
    assert found(leaked) == (True, ["ada@example.com"])
    assert found(leaked) == (True, [])
    with services.database.reading() as session:
        rows = session.scalars(select(ClientSecret)).all()
        assert {row.last_four for row in rows if row.revoked_at is None} == {other[-4:]}
        assert client_secrets.matches(session, app.id, other, clock.now())


def test_a_registration_token_is_replaced_by_one_nobody_knows(services, found):
    token = secrets.mint("polis_crt_")
    app = oauth.client(services, registration_digest=secrets.digest(token))
    assert found(token) == (True, [])
    with services.database.reading() as session:
        row = session.get(Client, app.id)
        assert row.registration_digest not in (None, secrets.digest(token))
        assert row.ended_at is None
    assert found(token) == (False, [])


@pytest.mark.parametrize("prefix", leaks.NAMES)
def test_a_secret_never_issued_is_nobodys(found, prefix):
    assert found(secrets.mint(prefix)) == (False, [])


@pytest.mark.parametrize("text", ["", "sk_live_", "polis_ci_" + "a" * 38, "\x00", "sk_live_é"])
def test_rubbish_is_nobodys(found, text):
    assert found(text) == (False, [])


def test_the_letter_says_what_it_was_and_what_to_do_and_never_the_secret(services, found, ada):
    found(ada.key)
    work_off(services)
    (mail,) = Mailbox(services.database, services.links.keys).read("ada@example.com")
    assert mail.subject == "A live API key of yours was found in public, and is dead"
    for told in ("Name: test", ada.key[-4:], "Reported by: a test", "example[.]com/x", "1.", "3."):
        assert told in mail.body
    assert ada.key not in mail.body


def test_who_reported_what_is_kept(services, found, ada):
    found(ada.key)
    with services.database.reading() as session:
        kept = session.scalar(select(AuditEvent).where(AuditEvent.action == "secret.leaked"))
    assert (kept.chain, kept.actor, kept.subject) == (ada.organization_id, "a test", ada.key_id)
    assert kept.details == {
        "what": "live API key", "last_four": ada.key[-4:], "where": TOLD.where,
    }  # fmt: skip


def test_the_page_on_keys_describes_what_is_minted(tmp_path):
    docs = published(settings_for("", tmp_path))
    page = docs.text(docs.page("key-format"))
    patterns = re.findall(r"`([a-z_]+_\[0-9A-Za-z\]\{\d+\})`", page)
    kinds = [LIVE, TEST, tokens.ACCESS, tokens.REFRESH, tokens.CODE, client_secrets.PREFIX]
    kinds += [tokens.DEVICE, mailed_links.PREFIX, register.TOKEN]
    for prefix in kinds:
        letters = secrets.LONG if prefix == mailed_links.PREFIX else secrets.LETTERS
        minted = secrets.mint(prefix, letters)
        assert any(re.fullmatch(each, minted) for each in patterns), prefix
    assert len(patterns) == len(kinds)
