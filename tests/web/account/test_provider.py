"""GitHub and Google: found by their own id, never by an address; the second factor is asked."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import RSAKey
from sqlalchemy import select

from app.domain import identities
from app.domain.fetching import NotFetched
from app.kit import ids
from app.models.accounts import User
from app.models.factors import Identity
from tests.tools.installation import running
from tests.web.account.browser import Visitor
from tests.web.account.far_apart import another, someone
from tests.web.account.pretended import Account, Pretended
from tests.web.account.second_factors import anywhere, code_of, with_app
from tests.web.account.somebody import somebody

__all__ = ["another", "someone"]

SECURITY = "/app/settings/security"
both = pytest.mark.parametrize("name", ["github", "google"])


@pytest.fixture
def there(tmp_path, email):
    """Both providers; whoever is signed in there has an account here no more than an address."""
    unique = int.from_bytes(ids.new("x")[-6:].encode())
    return Pretended(tmp_path, account=Account(subject=unique, email=email))


@pytest.fixture
def polis(polis, there):
    """An installation that has both set up."""
    settings = polis.services.settings.model_copy(
        update={
            f"{name}_client_{what}": value
            for name in ("github", "google")
            for what, value in (("id", f"our-{name}-app"), ("secret", "its-secret"))
        }
    )
    with there.serving() as transport:
        services = replace(polis.services, settings=settings, provider_transport=lambda: transport)
        with running(services) as installation:
            installation.organizations = polis.organizations
            yield installation


def comes(visitor, there, name, query=""):
    """Go to a provider and come back."""
    sent = visitor.open(f"/login/with/{name}{query}")
    assert sent.status_code == 303, sent.text
    return visitor.open(there.approve(sent.location))


def user(polis, email):
    with polis.services.database.reading() as session:
        return session.scalar(select(User).where(User.email == email))


@both
def test_whoever_comes_first_gets_an_account_with_a_proved_address(polis, someone, there, name):
    answer = comes(someone, there, name, "?next=/app/keys")
    assert (answer.status_code, answer.location) == (303, "/app/keys")
    made = user(polis, there.account.email)
    assert made.email_verified_at is not None
    assert made.password_digest is None
    assert there.account.email in someone.open("/app/").text


@both
def test_whoever_comes_again_is_known_by_the_providers_id(polis, someone, another, there, name):
    comes(someone, there, name)
    mine = user(polis, there.account.email).id
    there.account.email = f"renamed.{there.account.email}"
    assert comes(another, there, name).location == "/app/"
    assert user(polis, there.account.email) is None
    with polis.services.database.reading() as session:
        which = select(Identity.user_id).where(Identity.subject == str(there.account.subject))
        assert session.scalars(which).all() == [mine]


@both
def test_an_address_that_has_an_account_does_not_let_anybody_into_it(polis, someone, there, name):
    somebody(polis, there.account.email)
    page = comes(someone, there, name)
    assert page.status_code == 403
    assert "Sign in first" in page.text
    assert page.headers["X-Request-Id"] in page.text
    assert not someone.is_signed_in()


@both
def test_an_unproved_account_of_the_same_address_is_not_joined_either(
    polis, someone, another, there, name
):
    another.sign_up(there.account.email)
    assert comes(someone, there, name).status_code == 403


@both
def test_its_owner_links_it_and_comes_by_it_from_then_on(polis, someone, another, there, name):
    ada = somebody(polis, there.account.email)
    someone.sign_in(ada)
    there.account.email = f"elsewhere.{ada}"
    answer = comes(someone, there, name, "?link=1")
    assert answer.location == f"{SECURITY}?done=linked"
    assert "was linked" in someone.letter(ada).body
    assert comes(another, there, name).location == "/app/"
    assert ada in another.open("/app/").text
    assert "Not linked" in another.open(SECURITY).text  # the other provider


@both
def test_an_address_nobody_proved_makes_no_account(polis, someone, there, name):
    there.account.verified = False
    page = comes(someone, there, name)
    assert page.status_code == 403
    assert "did not confirm an address" in page.text
    assert user(polis, there.account.email) is None


@both
def test_the_second_factor_is_asked_for_on_this_road_too(polis, someone, another, there, name):
    comes(someone, there, name)
    seed = with_app(polis, user(polis, there.account.email).id)
    assert comes(another, there, name, "?next=/app/keys").location == "/login/second"
    assert not another.is_signed_in()
    another.open("/login/second")
    assert another.send("/login/second", how="code", code=code_of(seed)).location == "/app/keys"


@both
def test_state_verifier_and_nonce_are_sent_and_new_each_time(someone, name):
    sent = [
        parse_qs(urlsplit(someone.open(f"/login/with/{name}").location).query) for _ in range(2)
    ]
    for query in sent:
        assert query["code_challenge_method"] == ["S256"]
        assert query["redirect_uri"] == [f"{someone.base}/login/with/{name}/callback"]
        assert ("nonce" in query) == (name == "google")
    for each in ("state", "code_challenge"):
        assert sent[0][each] != sent[1][each]


@both
def test_what_comes_back_to_another_browser_signs_nobody_in(someone, another, there, name):
    back = there.approve(someone.open(f"/login/with/{name}").location)
    refused = another.open(back)
    assert refused.status_code == 403
    assert not another.is_signed_in()
    assert someone.open(back).status_code == 303


@both
def test_what_came_back_once_is_worth_nothing_more(someone, there, name):
    back = there.approve(someone.open(f"/login/with/{name}").location)
    assert someone.open(back).status_code == 303
    assert someone.open(back).status_code == 403


@both
@pytest.mark.parametrize(
    "query",
    ["", "?state=x", "?code=x", "?error=access_denied&state=x", "?state=x&code=x", "?state=%00"],
)
def test_what_nobody_began_ends_on_a_page(someone, name, query):
    assert someone.open(f"/login/with/{name}/callback{query}").status_code in {400, 403, 404}


WRONG_TOKENS = {
    "another issuer": {"claims": {"iss": "https://evil.example"}},
    "another app": {"claims": {"aud": "another-app"}},
    "another nonce": {"claims": {"nonce": "another"}},
    "an end that is past": {"claims": {"exp": 1_000_000_000}},
    "no subject": {"claims": {"sub": None}},
    "another key": {"key": RSAKey.generate_key(2048, {"kid": "one"})},
}


@pytest.mark.parametrize("wrong", WRONG_TOKENS.values(), ids=WRONG_TOKENS)
def test_an_id_token_that_does_not_fit_signs_nobody_in(polis, someone, there, wrong):
    there.wrong = wrong
    assert comes(someone, there, "google").status_code == 403
    assert user(polis, there.account.email) is None


ANSWERS = [
    ("/user", (200, [])), ("/user", (200, {"id": "4711", "login": "x"})), ("/user", (500, {})),
    ("/user/emails", (200, {"x": 1})), ("/user/emails", (404, {})), ("/user", (200, b"{")),
    ("/login/oauth/access_token", (200, {})), ("/login/oauth/access_token", (500, b"oops")),
    ("/login/oauth/access_token", (200, {"error": "bad_verification_code"})),
    ("/user", (302, {})), ("/user", (200, b"x" * 600_000)),
]  # fmt: skip


@pytest.mark.parametrize(("path", "answer"), ANSWERS)
def test_an_answer_of_any_other_shape_signs_nobody_in(polis, someone, there, path, answer):
    there.wrong = {path: answer}
    assert comes(someone, there, "github").status_code == 403
    assert user(polis, there.account.email) is None


def called(there, name):
    return there.account.login if name == "github" else there.account.email


def row_of(session, there, name):
    return session.get_one(Identity, (name, str(there.account.subject)))


@both
def test_what_a_provider_calls_an_account_is_shown_to_its_owner_and_kept_sealed(
    polis, someone, there, name
):
    comes(someone, there, name)
    assert f"{called(there, name)}, linked" in someone.open(SECURITY).text
    with polis.services.database.reading() as session:
        row = row_of(session, there, name)
    kept = repr([getattr(row, each.name) for each in row.__table__.columns])
    assert called(there, name) not in kept


def test_a_name_that_a_release_before_wrote_is_read_and_then_sealed(polis, someone, there):
    comes(someone, there, "github")
    with polis.services.transaction() as session:
        row = row_of(session, there, "github")
        row.name, row.sealed_name = "ada-before", None
    assert "ada-before, linked" in someone.open(SECURITY).text
    with polis.services.transaction() as session:
        assert identities.seal_anew(session, polis.services.links.keys) >= 1
        assert identities.seal_anew(session, polis.services.links.keys) == 0
        assert row_of(session, there, "github").name == ""
    assert "ada-before, linked" in someone.open(SECURITY).text


def test_a_name_outlives_a_roll_of_the_secret_and_its_link_the_loss_of_it(polis, someone, there):
    comes(someone, there, "github")
    who, old, new = user(polis, there.account.email).id, polis.services.links.keys, "a newer secret"
    with polis.services.transaction() as session:
        assert [each.name for each in identities.listed(session, who, (new,))] == [""]
        assert identities.seal_anew(session, (new, *old)) >= 1
        assert identities.seal_anew(session, (new, *old)) == 0
        assert [each.name for each in identities.listed(session, who, (new,))] == ["ada-l"]
        assert identities.seal_anew(session, ("a secret of somebody else's",)) == 0
    assert '<p class="hint">linked' in someone.open(SECURITY).text
    with polis.services.transaction() as session:
        identities.seal_anew(session, (*old, new))


@both
def test_somebody_elses_identity_is_not_linked_twice(polis, someone, another, there, name, email):
    comes(another, there, name)
    someone.sign_in(somebody(polis, f"o.{email}"))
    answer = comes(someone, there, name, "?link=1")
    assert answer.status_code == 409
    assert user(polis, there.account.email).id in owners(polis, there)


def owners(polis, there):
    with polis.services.database.reading() as session:
        which = select(Identity.user_id).where(Identity.subject == str(there.account.subject))
        return session.scalars(which).all()


@both
def test_linking_takes_whoever_is_signed_in_at_the_end_too(polis, someone, there, name, email):
    someone.sign_in(somebody(polis, f"o.{email}"))
    sent = someone.open(f"/login/with/{name}?link=1")
    someone.open("/app/settings")
    someone.send("/logout")
    assert someone.open(there.approve(sent.location)).location.startswith("/login?next=")
    assert owners(polis, there) == []


@both
def test_linking_takes_a_fresh_sign_in(another, name):
    asked = another.open(f"/login/with/{name}?link=1")
    assert asked.location.startswith("/login?next=%2Flogin%2Fwith%2F")


@both
def test_the_last_way_in_is_not_unlinked(polis, someone, there, name):
    comes(someone, there, name)
    someone.open(SECURITY)
    assert someone.send(f"/app/settings/linked/{name}/unlink").status_code == 409
    someone.open("/app/settings/password")
    someone.send("/app/settings/password", password="eleven quiet lighthouse keepers")
    someone.open(SECURITY)
    assert someone.send(f"/app/settings/linked/{name}/unlink").status_code == 303
    assert owners(polis, there) == []


def test_what_is_not_set_up_is_not_offered(standing):
    visitor = Visitor(standing, peer=anywhere())
    assert "Continue with" not in visitor.open("/login").text
    assert visitor.open("/login/with/github").status_code == 404
    assert visitor.open("/login/with/google/callback").status_code == 404


def test_what_is_set_up_is_offered_with_where_one_goes_on_to(someone):
    for path in ("/login", "/signup"):
        page = someone.open(f"{path}?next=/app/keys").text
        assert 'href="/login/with/github?next=%2Fapp%2Fkeys">Continue with GitHub' in page
        assert 'href="/login/with/google?next=%2Fapp%2Fkeys">Continue with Google' in page
    assert someone.open("/login/with/gitlab").status_code == 404


def test_no_host_but_theirs_is_asked(there):
    import httpx2

    with there.serving() as transport, httpx2.Client(transport=transport) as client:
        for url in ("https://evil.example/", "http://github.com/", "https://127.0.0.1/"):
            with pytest.raises(NotFetched):
                client.get(url)
    assert there.asked == []
