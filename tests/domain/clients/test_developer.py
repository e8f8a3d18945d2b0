"""Apps developers make: filled in, edited, given secrets, let act alone, ended."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain import rights, sessions
from app.domain.clients import (
    developer,
    developer_apps,
    find,
    presets,
    redirects,
    secrets,
    verified,
)
from app.domain.clients.developer import Actor
from app.domain.clients.developer_app import App
from app.domain.clients.refusals import InvalidMetadata, InvalidRedirectUri
from app.domain.rights import NotAllowed
from app.domain.sessions import SignInAgain
from app.errors import Conflict, InvalidInput, NotFound
from app.kit import clock
from app.models.accounts import Membership
from app.models.audit import AuditEvent
from app.models.clients import Client
from app.models.grants import Consent, Grant
from tests import oauth
from tests.factories import member

CALLBACK = "https://app.example/callback"
PUBLIC = App("An app", (CALLBACK,))
SECRET = PUBLIC._replace(confidential=True)


class Desk:
    """A developer at work on the apps of one organization."""

    def __init__(self, services, who=None) -> None:
        self.services = services
        self.who = who or member(services, verified=True)
        self.now = clock.now()

    def actor(self, **more):
        person = oauth.signed_in(self.who, self.now)._replace(**more)
        return Actor(person, "polis.example", self.now)

    def do(self, act, *arguments, **more):
        with self.services.transaction() as session:
            return act(session, self.actor(), *arguments, **more)

    def make(self, app=SECRET):
        """A new app: its row's id and its secret."""
        made = self.do(developer.create, self.who.organization_id, app)
        return made.row.id, made.secret

    def known(self, app_id):
        with self.services.database.reading() as session:
            return find.by_row_id(session, app_id)

    def accepts(self, app_id, secret, after=timedelta(0)):
        with self.services.database.reading() as session:
            return secrets.matches(session, app_id, secret, self.now + after)

    def approve(self, app_id, subject_kind="user"):
        """Somebody's grant and standing consent."""
        with self.services.transaction() as session:
            client = find.by_row_id(session, app_id)
            facts = {
                "client_id": app_id, "organization_id": self.who.organization_id,
                "user_id": self.who.user_id, "subject_kind": subject_kind, "scopes": "mcp",
                "client_revision": client.revision,
            }  # fmt: skip
            ends = self.now + timedelta(days=1)
            moments = {"created_at": self.now, "expires_at": ends}
            session.add(Grant(id=f"grt_{subject_kind}", app="a", **moments, **facts))
            session.add(Consent(redirect_uri=CALLBACK, given_at=self.now, **facts))

    def standing(self):
        with self.services.database.reading() as session:
            living = session.query(Grant).filter(Grant.ended_at.is_(None)).count()
            return living, session.query(Consent).count()


@pytest.fixture
def desk(services):
    return Desk(services)


def test_a_confidential_app_is_made_with_a_secret_and_takes_it_both_ways(desk):
    app_id, secret = desk.make()
    known = desk.known(app_id)
    assert known.auth_methods == ("client_secret_basic", "client_secret_post")
    assert (known.kind, known.organization_id) == ("developer", desk.who.organization_id)
    assert desk.accepts(app_id, secret)


def test_a_public_app_has_no_secret(desk):
    app_id, secret = desk.make(PUBLIC)
    assert secret is None
    assert desk.known(app_id).is_public
    for act in (developer.rotate_secret, lambda *a: developer.let_act_alone(*a, on=True)):
        with pytest.raises(Conflict):
            desk.do(act, app_id)


def test_what_the_developer_filled_in_is_kept(desk):
    app = SECRET._replace(
        scopes=("mcp:read", "openid"), client_uri="https://app.example/",
        policy_uri="https://app.example/privacy", access_life=timedelta(hours=1),
        refresh_life=timedelta(days=1),
    )  # fmt: skip
    known = desk.known(desk.make(app)[0])
    assert known.scopes == ("mcp:read", "openid")
    assert known.links == {"client_uri": app.client_uri, "policy_uri": app.policy_uri}
    assert (known.access_life_s, known.refresh_life_s) == (3600, 86400)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"name": " "}, InvalidInput),
        ({"name": "Claude"}, InvalidMetadata),
        ({"name": "n" * 81}, InvalidMetadata),
        ({"redirect_uris": ()}, InvalidRedirectUri),
        ({"redirect_uris": ("http://app.example/",)}, InvalidRedirectUri),
        ({"redirect_uris": ("myapp:/cb",)}, InvalidRedirectUri),
        ({"scopes": ("admin",)}, InvalidMetadata),
        ({"tos_uri": "javascript:alert(1)"}, InvalidMetadata),
        ({"access_life": timedelta(minutes=59)}, InvalidInput),
        ({"access_life": timedelta(days=31)}, InvalidInput),
        ({"refresh_life": timedelta(hours=23)}, InvalidInput),
        ({"refresh_life": timedelta(days=181)}, InvalidInput),
    ],
)
def test_an_app_that_cannot_be_is_refused_and_not_kept(desk, more, refusal):
    with pytest.raises(refusal):
        desk.make(SECRET._replace(**more))
    with desk.services.database.reading() as session:
        assert session.query(Client).count() == 0


def test_a_rotated_secret_overlaps_and_what_the_app_did_alone_ends(desk):
    app_id, first = desk.make()
    desk.approve(app_id, "client")
    second = desk.do(developer.rotate_secret, app_id)
    assert desk.standing()[0] == 0
    assert desk.accepts(app_id, first)
    assert desk.accepts(app_id, second)
    assert not desk.accepts(app_id, first, timedelta(hours=24))
    assert desk.accepts(app_id, second, timedelta(hours=24))


def test_rotating_a_secret_leaves_what_people_approved(desk):
    app_id, _ = desk.make()
    desk.approve(app_id)
    desk.do(developer.rotate_secret, app_id)
    assert desk.standing() == (1, 1)


@pytest.mark.parametrize(
    "more", [{"name": "B"}, {"redirect_uris": ("https://b.example/",)}, {"scopes": ("mcp",)}]
)
def test_an_edit_of_what_people_approved_asks_them_again_and_cuts_nobody_off(desk, more):
    app_id, _ = desk.make()
    desk.approve(app_id)
    desk.do(developer.edit, app_id, SECRET._replace(**more))
    assert desk.standing() == (1, 0)
    assert desk.known(app_id).revision == 2


def test_an_edit_of_a_link_asks_nobody_again(desk):
    app_id, secret = desk.make()
    desk.approve(app_id)
    desk.do(developer.edit, app_id, SECRET._replace(client_uri="https://app.example/"))
    assert desk.standing() == (1, 1)
    assert desk.known(app_id).revision == 1
    assert desk.accepts(app_id, secret)


def test_another_type_ends_grants_secrets_and_the_switch(desk):
    app_id, secret = desk.make()
    desk.do(developer.let_act_alone, app_id, on=True)
    desk.approve(app_id)
    assert desk.do(developer.edit, app_id, PUBLIC).secret is None
    assert desk.standing() == (0, 0)
    assert not desk.accepts(app_id, secret)
    assert not desk.known(app_id).client_credentials
    assert desk.accepts(app_id, desk.do(developer.edit, app_id, SECRET).secret)


def test_the_switch_is_the_owners_and_turning_it_off_ends_what_was_alone(desk):
    app_id, _ = desk.make()
    desk.do(developer.let_act_alone, app_id, on=True)
    assert desk.known(app_id).client_credentials
    desk.approve(app_id, "client")
    desk.do(developer.let_act_alone, app_id, on=False)
    assert not desk.known(app_id).client_credentials
    assert desk.standing()[0] == 0


def test_a_removed_app_is_not_there_any_more(desk):
    app_id, secret = desk.make()
    desk.approve(app_id)
    desk.do(developer.remove, app_id)
    assert desk.known(app_id) is None
    assert desk.standing() == (0, 0)
    assert not desk.accepts(app_id, secret)
    with pytest.raises(NotFound):
        desk.do(developer.remove, app_id)


def test_the_apps_of_others_do_not_exist(services, desk):
    app_id, _ = desk.make()
    stranger = Desk(services)
    with pytest.raises(NotFound):
        stranger.do(developer.remove, app_id)
    with services.database.reading() as session:
        assert (
            developer_apps.page(session, stranger.who.user_id, stranger.who.organization_id)[0]
            == []
        )
        mine = developer_apps.page(session, desk.who.user_id, desk.who.organization_id)[0]
    assert [row.id for row in mine] == [app_id]


def test_a_member_makes_no_apps_and_an_admin_turns_no_switch(services, desk):
    app_id, _ = desk.make()
    helper = member(services)
    for role, act in (
        (
            "member",
            lambda session, actor: developer.create(
                session, actor, desk.who.organization_id, PUBLIC
            ),
        ),
        ("admin", lambda session, actor: developer.let_act_alone(session, actor, app_id, on=True)),
    ):
        with services.transaction() as session:
            session.merge(
                Membership(
                    user_id=helper.user_id,
                    organization_id=desk.who.organization_id,
                    role=role,
                    created_at=desk.now,
                )
            )
        with pytest.raises(NotAllowed), services.transaction() as session:
            act(session, desk.actor(user_id=helper.user_id))
    assert rights.may("admin", rights.Right.DEVELOPER_APPS)


def test_only_a_proved_address_and_a_fresh_sign_in_look_after_an_app(desk):
    app_id, secret = desk.make()
    late = {"authenticated_at": desk.now - sessions.FRESH}
    for facts, refusal in (({"verified": False}, NotAllowed), (late, SignInAgain)):
        for act, *more in (
            (developer.create, desk.who.organization_id, PUBLIC),
            (developer.edit, app_id, PUBLIC),
            (developer.rotate_secret, app_id),
            (developer.remove, app_id),
        ):
            with pytest.raises(refusal), desk.services.transaction() as session:
                act(session, desk.actor(**facts), *more)
    assert desk.accepts(app_id, secret)


def test_every_act_is_in_the_log_and_no_secret_with_it(desk):
    app_id, secret = desk.make()
    desk.do(developer.rotate_secret, app_id)
    desk.do(developer.remove, app_id)
    with desk.services.database.reading() as session:
        found = select(AuditEvent).where(AuditEvent.subject == app_id)
        events = list(session.scalars(found.order_by(AuditEvent.number)))
    actions = [event.action for event in events]
    assert actions == ["app.created", "app.secret_rotated", "app.deleted"]
    assert secret not in str([event.details for event in events])


@pytest.mark.parametrize("name", presets.PRESETS)
def test_a_preset_makes_an_app_and_its_platforms_form(desk, name):
    preset = presets.PRESETS[name]
    app_id, secret = desk.make(preset.app)
    known = desk.known(app_id)
    card = presets.card(preset, known.client_id, secret, "https://polis.example")
    values = [field.value for field in card]
    assert "https://polis.example/mcp" in values
    assert known.client_id in values
    assert (secret in values) is preset.app.confidential
    assert len({field.label for field in card}) == len(card)


def test_the_preset_of_claude_knows_both_of_its_callbacks(desk):
    known = desk.known(desk.make(presets.PRESETS["claude"].app)[0])
    for host in ("claude.ai", "claude.com"):
        assert redirects.allowed(known, f"https://{host}/api/mcp/auth_callback")
    assert known.verified


def test_the_preset_of_chatgpt_takes_the_address_of_any_connector(desk):
    known = desk.known(desk.make(presets.PRESETS["chatgpt"].app)[0])
    assert redirects.match(known, "https://chatgpt.com/connector/oauth/abc_1") == "prefix"


@pytest.mark.parametrize(
    ("uris", "proved"),
    [
        (["https://claude.ai/api/mcp/auth_callback"], True),
        (["https://claude.ai/x", "https://claude.com/y"], True),
        (["https://claude.ai/x", "https://chatgpt.com/y"], False),
        (["https://claude.ai/x", "https://evil.example/y"], False),
        (["https://claude.ai/x", "http://localhost/y"], False),
        (["https://evil.claude.ai/x"], False),
        (["https://vscode.dev/redirect"], False),
        (["http://localhost/callback"], False),
        (["cursor://anysphere.cursor-mcp/oauth/callback"], False),
        ([], False),
    ],
)
def test_only_a_client_whose_codes_all_reach_a_known_vendor_is_verified(services, uris, proved):
    app = oauth.client(services, kind="developer", name="Claude", redirect_uris=uris)
    assert app.verified is proved


CLAUDES = ["https://claude.ai/api/mcp/auth_callback", "https://claude.com/api/mcp/auth_callback"]
CHATGPTS = ["https://chatgpt.com/connector/oauth/abc", "https://chatgpt.com/connector/oauth/d_1"]
CURSORS = ["https://www.cursor.com/agents/mcp/oauth/callback"]


@pytest.mark.parametrize(
    ("name", "uris", "proved"),
    [
        ("Claude", CLAUDES, True),
        ("claudeai", CLAUDES[:1], True),
        ("Claude.ai", CLAUDES[:1], True),
        ("Anthropic", CLAUDES[:1], True),
        ("ChatGPT", CHATGPTS, True),
        ("OpenAI ChatGPT", CHATGPTS[:1], True),
        ("Cursor", [*CURSORS, "https://cursor.com/agents/mcp/oauth/callback"], True),
        ("Grok", ["https://grok.com/callback"], True),
        ("Your Bank", CLAUDES[:1], False),
        ("Claude of Your Bank", CLAUDES[:1], False),
        ("ChatGPT", CLAUDES[:1], False),
        ("Claude", [*CLAUDES, *CHATGPTS], False),
    ],
)
@pytest.mark.parametrize("kind", ["registered", "developer"])
def test_whoever_chooses_its_name_is_verified_under_the_vendors_own_alone(
    services, kind, name, uris, proved
):
    app = oauth.client(services, kind=kind, name=name, redirect_uris=uris)
    assert app.verified is proved


def test_the_operator_vouches_for_a_client_and_takes_it_back(services):
    client = oauth.client(services)
    for vouched in (True, False):
        with services.transaction() as session:
            verified.mark(session, client.client_id, clock.now(), verified=vouched)
        with services.database.reading() as session:
            assert find.by_client_id(session, client.client_id).verified is vouched
    with pytest.raises(NotFound), services.transaction() as session:
        verified.mark(session, "polis_ci_unknown", clock.now())
