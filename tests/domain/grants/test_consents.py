"""Who is asked again, and who is not; which organizations a person may connect."""

from datetime import timedelta

import pytest

from app.domain import rights
from app.domain.grants import choices, consents
from app.domain.grants.consents import Standing
from app.kit import clock
from app.models.accounts import Membership, Organization
from tests import oauth
from tests.factories import member

CHATGPT = "https://chatgpt.com/connector/oauth/abc"
CLAUDE = "https://claude.ai/api/mcp/auth_callback"
VSCODE = "https://vscode.dev/redirect"
CONFIDENTIAL = {"kind": "developer", "auth_methods": "client_secret_basic"}


def _remember(services, who, app, request, now=None, **more):
    facts = {"monthly_cap_tokens": None, "expires_at": None} | more
    with services.transaction() as session:
        standing = Standing(who.organization_id, **facts)
        consents.remember(session, app, request, who.user_id, standing, now or clock.now())


def _holding(services, who, app, request, organizations=None, now=None):
    chosen = organizations or [who.organization_id]
    with services.database.reading() as session:
        return consents.holding(session, app, request, who.user_id, chosen, now or clock.now())


@pytest.fixture
def who(services):
    return member(services, verified=True)


@pytest.fixture
def app(services):
    return oauth.client(services, **CONFIDENTIAL)


@pytest.mark.parametrize(
    ("facts", "redirect", "kept"),
    [
        ({"kind": "developer", "auth_methods": ("client_secret_basic",)}, oauth.REDIRECT, True),
        ({"kind": "developer", "auth_methods": ("none",)}, oauth.REDIRECT, False),
        ({"kind": "developer", "auth_methods": ("none",), "verified": True}, oauth.REDIRECT, False),
        ({"kind": "document", "auth_methods": ("none",)}, CLAUDE, True),
        ({"kind": "registered", "auth_methods": ("none",), "verified": True}, CLAUDE, False),
        ({"kind": "document", "auth_methods": ("none",)}, VSCODE, False),
        ({"kind": "document", "auth_methods": ("private_key_jwt",)}, oauth.REDIRECT, True),
        ({"kind": "document", "auth_methods": ("none", "private_key_jwt")}, oauth.REDIRECT, False),
        ({"kind": "registered", "verified": True}, oauth.REDIRECT, False),
        ({"kind": "registered", "auth_methods": ("client_secret_post",)}, oauth.REDIRECT, False),
        ({"kind": "document", "verified": True}, "http://127.0.0.1:5000/cb", False),
        ({"kind": "document", "verified": True}, "cursor://anysphere.cursor-mcp/cb", False),
        ({"kind": "document", "verified": True}, CHATGPT, False),
    ],
)
def test_only_where_nobody_else_can_stand_at_the_end_is_an_approval_kept(
    services, facts, redirect, kept
):
    local = ["http://127.0.0.1/cb", "cursor://anysphere.cursor-mcp/cb"]
    listed = [oauth.REDIRECT, CLAUDE, VSCODE, CHATGPT, *local]
    client = oauth.client(services, redirect_uris=listed)._replace(**facts)
    assert consents.rememberable(client, redirect) is kept


def test_the_same_request_is_covered(services, who, app):
    request = oauth.request(app)
    _remember(services, who, app, request, monthly_cap_tokens=7)
    assert _holding(services, who, app, request) == Standing(who.organization_id, 7, None)
    narrower = request._replace(scopes=("mcp",), state="another", challenge="another")
    assert _holding(services, who, app, narrower)


def test_what_may_not_be_kept_is_not_kept(services, who):
    app = oauth.client(services)
    _remember(services, who, app, oauth.request(app))
    confidential = app._replace(kind="developer", auth_methods=("client_secret_basic",))
    assert _holding(services, who, confidential, oauth.request(app)) is None


def test_an_approval_lapses_with_whatever_it_was_given_for(services, who, app):
    request = oauth.request(app, scopes=("mcp:read",))
    _remember(services, who, app, request)
    elsewhere = "https://app.example/other"
    both = app._replace(redirect_uris=(*app.redirect_uris, elsewhere))
    other, stranger = oauth.client(services, **CONFIDENTIAL), member(services, verified=True)
    for person, client, asked in (
        (who, app, request._replace(scopes=("mcp", "mcp:read"))),
        (who, both, request._replace(redirect_uri=elsewhere)),
        (who, app, request._replace(subject_kind="organization")),
        (who, app._replace(revision=2), request),
        (who, app._replace(document_digest=b"x" * 32), request),
        (who, other, request),  # S16: same name, same host, another client
        (stranger, app, request),
    ):
        assert _holding(services, person, client, asked, [who.organization_id]) is None
    assert _holding(services, who, app, request)


def test_an_approval_never_crosses_organizations(services, who, app):
    request = oauth.request(app)
    _remember(services, who, app, request)
    assert _holding(services, who, app, request, ["org_another"]) is None


def test_of_several_organizations_the_person_chooses(services, who, app):
    request, other = oauth.request(app), member(services, verified=True)
    _remember(services, who, app, request)
    with services.transaction() as session:
        standing = Standing(other.organization_id, None, None)
        consents.remember(session, app, request, who.user_id, standing, clock.now())
    both = [who.organization_id, other.organization_id]
    assert _holding(services, who, app, request, both) is None


def test_an_approval_does_not_outlive_its_end(services, who, app):
    request, now = oauth.request(app), clock.now()
    ends = now + timedelta(days=30)
    _remember(services, who, app, request, now, expires_at=ends)
    assert _holding(services, who, app, request, now=ends - timedelta(milliseconds=1))
    assert _holding(services, who, app, request, now=ends) is None


@pytest.mark.parametrize(("kept", "lowered", "counts"), [(None, 5, 5), (9, 5, 5), (3, 5, 3)])
def test_an_approval_never_raises_a_limit_that_was_lowered_since(
    services, who, app, kept, lowered, counts
):
    request = oauth.request(app)
    _remember(services, who, app, request, monthly_cap_tokens=kept)
    oauth.approved(services, who, app, cap=lowered)
    assert _holding(services, who, app, request).monthly_cap_tokens == counts


def test_a_later_approval_takes_the_place_of_an_earlier_one(services, who, app):
    request = oauth.request(app)
    _remember(services, who, app, request, monthly_cap_tokens=1)
    _remember(services, who, app, request, monthly_cap_tokens=2)
    assert _holding(services, who, app, request).monthly_cap_tokens == 2


@pytest.mark.parametrize("everybody", [True, False])
def test_forgetting_asks_again(services, who, app, everybody):
    request = oauth.request(app)
    _remember(services, who, app, request)
    person = None if everybody else who.user_id
    with services.transaction() as session:
        assert consents.forget(session, [app.id], who.organization_id, "usr_another") == 0
        assert consents.forget(session, [app.id], who.organization_id, person) == 1
    assert _holding(services, who, app, request) is None


def _choices(services, who, kind="user"):
    with services.database.reading() as session:
        return choices.of(session, who.user_id, kind, services.settings.payment_mode, clock.now())


def _joined(services, who, role, **facts):
    other = member(services, tokens=40)
    with services.transaction() as session:
        session.add(
            Membership(
                organization_id=other.organization_id,
                user_id=who.user_id,
                role=role,
                created_at=clock.now(),
            )
        )
        for name, value in facts.items():
            setattr(session.get_one(Organization, other.organization_id), name, value)
    return other.organization_id


def test_a_person_chooses_among_their_organizations_their_own_first(services, who):
    joined = _joined(services, who, "member", name="A name before all others")
    found = _choices(services, who)
    assert [each.id for each in found] == [who.organization_id, joined]
    assert [each.why_not for each in found] == ["", ""]
    assert [each.standing.prepaid for each in found] == [300, 40]


@pytest.mark.parametrize(("role", "free"), [("owner", True), ("admin", False), ("member", False)])
def test_an_organizations_tokens_are_granted_by_its_owners(services, who, role, free):
    joined = _joined(services, who, role)
    why_not = {each.id: each.why_not for each in _choices(services, who, "organization")}
    assert why_not[who.organization_id] == ""
    assert (why_not[joined] == "") is free
    assert free or rights.RIGHTS[rights.Right.ORGANIZATION_TOKENS] in why_not[joined]


@pytest.mark.parametrize(
    "facts", [{"suspended_at": clock.now()}, {"claimed_at": None}, {"deleted_at": clock.now()}]
)
def test_an_organization_that_is_not_in_use_cannot_be_chosen(services, who, facts):
    joined = _joined(services, who, "owner", **facts)
    assert joined not in [each.id for each in _choices(services, who) if not each.why_not]
