"""`polis token issue`: tokens and codes for tests and benches, as good as any others."""

import json
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app import bootstrap
from app.bootstrap import Services
from app.domain.clients import find
from app.domain.grants.answers import Tokens
from app.kit import clock
from app.models.grants import AuthorizationCode, Grant
from tests import oauth
from tests.databases import DATABASES, Copies
from tests.factories import member, settings_for
from tests.flows.commands import polis, refused
from tests.oauth import Approved

KIM = "kim@example.com"


@pytest.fixture
def kind() -> str:
    """SQLite, unless a test asks for both."""
    return "sqlite"


@pytest.fixture
def settings(copies: Copies, tmp_path: Path, kind: str) -> dict[str, str]:
    """A migrated installation."""
    return {"database_url": copies.fresh(kind, tmp_path), "instance_dir": str(tmp_path)}


@pytest.fixture(autouse=True)
def services(settings):
    """The same from here, with one person whose address nobody has proved."""
    services = bootstrap.build(
        settings_for(settings["database_url"], Path(settings["instance_dir"]))
    )
    member(services, email=KIM)
    yield services
    services.database.dispose()


def issued(settings: dict[str, str], *more: str) -> dict:
    done = polis("token", "issue", "--email", KIM, *more, "--json", **settings)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def redeemed(services: Services, told: dict, code: str) -> Tokens:
    with services.database.reading() as session:
        client = find.by_client_id(session, told["client_id"])
    shown = {"redirect_uri": told["redirect_uri"], "verifier": told["code_verifier"]}
    return oauth.redeem(services, Approved(client, code), **shown)


@pytest.mark.parametrize("kind", DATABASES)
def test_pairs_and_codes_are_told_under_the_names_scripts_rely_on(settings, services):
    told = issued(settings, "--count", "3", "--codes", "2")
    assert list(told) == ["client_id", "redirect_uri", "code_verifier", "tokens", "codes"]
    assert [list(each) for each in told["tokens"]] == [["access_token", "refresh_token"]] * 3
    assert len({*told["codes"]}) == 2
    callers = {
        services.credentials.authenticate(each["access_token"], clock.now()).credential_id
        for each in told["tokens"]
    }
    assert len(callers) == 3, "each pair is a family of its own"


def test_a_pair_is_refreshed_and_a_code_exchanged_like_any_other(settings, services):
    told = issued(settings, "--codes", "2")
    made = [redeemed(services, told, code) for code in told["codes"]]
    assert len({each.grant_id for each in made}) == 2
    with services.database.reading() as session:
        client = find.by_client_id(session, told["client_id"])
    token = told["tokens"][0]["refresh_token"]
    assert oauth.refresh(services, client, token).refresh_token not in {None, token}


def test_a_client_of_its_own_holds_what_one_call_made(settings):
    assert issued(settings)["client_id"] != issued(settings)["client_id"]


def test_more_codes_than_fit_one_transaction_are_all_there(settings, services):
    told = issued(settings, "--count", "0", "--codes", "300")
    assert (told["tokens"], len({*told["codes"]})) == ([], 300)
    with services.database.reading() as session:
        kept = session.scalar(select(func.count()).select_from(AuthorizationCode))
        families = session.scalar(select(func.count()).select_from(Grant))
    assert (kept, families) == (300, 300)


def test_without_json_they_are_told_line_by_line(settings):
    done = polis("token", "issue", "--email", KIM, "--codes", "1", **settings)
    named = [line.partition(" ")[0] for line in done.stdout.splitlines()]
    assert named == [
        "client_id", "access_token", "refresh_token", "redirect_uri", "code_verifier", "code",
    ]  # fmt: skip


def test_nobody_is_issued_nothing(settings):
    sentence = refused(polis("token", "issue", "--email", "no@b.example", "--json", **settings))
    assert "no@b.example" in sentence


def test_production_issues_none_and_touches_nothing(tmp_path):
    production = {
        "env": "production", "secret_key": "a long random string", "billing": "off",
        "base_url": "https://polis.example", "instance_dir": str(tmp_path / "instance"),
    }  # fmt: skip
    sentence = refused(polis("token", "issue", "--email", KIM, "--json", **production))
    assert "development" in sentence
    assert not (tmp_path / "instance").exists()
