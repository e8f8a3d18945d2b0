"""The `polis` commands other people's scripts use: one JSON object out, one sentence on refusal."""

import json
import re
import socket
from pathlib import Path

import pytest
from sqlalchemy import select

from app import bootstrap
from app.cli import sample_data
from app.domain import passwords, plans, reversals, wallets
from app.domain.reversals import Granted
from app.domain.wallets import Wallet
from app.kit import clock
from app.models.audit import AuditEvent
from app.models.credentials import ApiKey
from app.models.runs import Comparison, Run
from app.models.threads import Turn
from app.settings import BadSettings, from_environment
from tests import invariants, oauth
from tests.databases import DATABASES, Copies
from tests.factories import settings_for
from tests.flows.commands import polis, refused

ID = r"[0-9a-z]{26}"


@pytest.fixture
def settings(copies: Copies, tmp_path: Path) -> dict[str, str]:
    """A migrated installation nobody has used."""
    return {"database_url": copies.fresh("sqlite", tmp_path), "instance_dir": str(tmp_path)}


def _json(*arguments, **settings):
    done = polis(*arguments, "--json", **settings)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("kind", DATABASES)
def test_a_person_a_key_and_tokens_are_made_by_scripts(copies, tmp_path, kind):
    settings = {"database_url": copies.fresh(kind, tmp_path), "instance_dir": str(tmp_path)}
    person = _json(
        "user", "create", "--email", "Kim@Example.com", "--password", "correct horse", **settings
    )
    assert person.keys() == {"user_id", "email", "organization_id"}
    assert re.fullmatch(f"usr_{ID}", person["user_id"])
    assert re.fullmatch(f"org_{ID}", person["organization_id"])
    assert person["email"] == "kim@example.com"

    key = _json("key", "create", "--email", "kim@example.com", "--name", "ci", **settings)
    assert key.keys() == {"api_key", "key_id", "prefix"}
    assert key["api_key"].startswith("sk_live_")
    assert key["api_key"].startswith(key["prefix"])
    test = _json("key", "create", "--email", "kim@example.com", "--name", "t", "--test", **settings)
    assert test["api_key"].startswith("sk_test_")

    granted = _json("grant", "--email", "kim@example.com", "--tokens", "500", **settings)
    assert granted.keys() == {"entry_id", "tokens", "balance", "owed"}
    assert (granted["tokens"], granted["balance"]) == (500, 500)
    assert re.fullmatch(f"ent_{ID}", granted["entry_id"])

    again = polis("user", "create", "--email", "KIM@example.com", "--password", "x" * 8, **settings)
    assert "kim@example.com has an account already" in refused(again)


def test_tokens_given_pay_what_is_owed_first_and_the_rest_that_blocks_is_told(settings):
    facts = ("--email", "lee@example.com")
    person = _json("user", "create", *facts, "--password", "correct horse", **settings)
    services = bootstrap.build(
        settings_for(settings["database_url"], Path(settings["instance_dir"]))
    )
    wallet = Wallet(person["organization_id"], "live", services.settings.payment_mode)
    back = {"cause": "refund:x", "now": clock.now()}
    with services.transaction() as session:
        reversals.reverse(session, wallet, Granted("packs", None), 800, **back)
    services.database.dispose()
    given = polis("grant", *facts, "--tokens", "500", **settings)
    assert "300 are still owed: nothing can be spent" in given.stdout, given.stderr
    told = _json("grant", *facts, "--tokens", "299", **settings)
    assert (told["balance"], told["owed"]) == (0, 1)
    assert "; 40 can be spent." in polis("grant", *facts, "--tokens", "41", **settings).stdout


def test_help_names_the_limits_that_are_kept():
    created = " ".join(polis("user", "create", "--help").stdout.split())
    assert f"At least {passwords.SHORTEST} characters." in created
    assert f"a thread, a comparison, {sample_data.TOKENS} tokens." in created
    shown = " ".join(polis("demo", "--help").stdout.split())
    assert f"{plans.MIN_PERSONAS}<=x<={plans.MAX_PERSONAS}" in shown
    assert f"[{'|'.join(plans.DETAILS)}]" in shown


def test_a_verified_person_has_the_trial(settings):
    facts = ("--email", "lee@example.com", "--password", "correct horse", "--verified")
    _json("user", "create", *facts, **settings)
    granted = _json("grant", "--email", "lee@example.com", "--tokens", "1", **settings)
    assert granted["balance"] == 301


@pytest.mark.parametrize("kind", DATABASES)
def test_sample_data_is_finished_work_paid_for_and_300_tokens(copies, tmp_path, kind):
    settings = {"database_url": copies.fresh(kind, tmp_path), "instance_dir": str(tmp_path)}
    facts = ("--email", "lee@example.com", "--password", "correct horse")
    person = _json("user", "create", *facts, "--verified", "--sample-data", **settings)
    assert person.keys() == {"user_id", "email", "organization_id"}
    services = bootstrap.build(settings_for(settings["database_url"], tmp_path))
    with services.database.reading() as session:
        runs = session.scalars(select(Run).order_by(Run.created_at, Run.id)).all()
        [comparison], [turn] = session.scalars(select(Comparison)), session.scalars(select(Turn))
        [key] = session.scalars(select(ApiKey))
        wallet = Wallet(person["organization_id"], "live", services.settings.payment_mode)
        left = wallets.standing(session, wallet, clock.now())
    assert [run.status for run in runs] == ["complete"] * 5
    assert [run.comparison_id for run in runs] == [None] * 3 + [comparison.id] * 2
    assert comparison.result["verdict"]
    assert (turn.answers_done, bool(turn.summary)) == (60, True)
    assert key.revoked_at
    assert (left.trial + left.packs, left.held) == (300, 0)
    invariants.check(services.database)
    services.database.dispose()


def test_a_key_that_never_buys_is_made_by_a_flag(settings):
    _json("user", "create", "--email", "kim@example.com", "--password", "correct horse", **settings)
    create = ("key", "create", "--email", "kim@example.com", "--name", "ci")
    full = _json(*create, **settings)["key_id"]
    bot = _json(*create, "--never-buys", **settings)["key_id"]
    services = bootstrap.build(
        settings_for(settings["database_url"], Path(settings["instance_dir"]))
    )
    with services.database.reading() as session:
        assert session.get_one(ApiKey, bot).never_sells
        assert not session.get_one(ApiKey, full).never_sells
    services.database.dispose()


def test_an_operator_vouches_for_an_app_by_its_id(settings):
    services = bootstrap.build(
        settings_for(settings["database_url"], Path(settings["instance_dir"]))
    )
    client = oauth.client(services)
    vouched = _json("app", "verify", client.client_id, **settings)
    assert vouched == {"client_id": client.client_id, "name": "An app", "verified": True}
    assert not _json("app", "verify", client.client_id, "--undo", **settings)["verified"]
    unknown = polis("app", "verify", "polis_ci_unknown", **settings)
    assert "There is no such client" in refused(unknown)
    with services.database.reading() as session:
        acts = session.execute(
            select(AuditEvent.actor, AuditEvent.subject, AuditEvent.details)
            .where(AuditEvent.action == "app.verified")
            .order_by(AuditEvent.number)
        ).all()
    services.database.dispose()
    facts = {"client": client.client_id, "name": "An app"}
    assert [tuple(each) for each in acts] == [
        ("operator", client.id, {**facts, "verified": verified}) for verified in (True, False)
    ]


@pytest.mark.parametrize("kind", DATABASES)
def test_migrating_an_empty_database_brings_it_to_head(copies, tmp_path, kind):
    url = copies.empty(kind, tmp_path)
    assert _json("migrate", database_url=url, instance_dir=str(tmp_path)) == {"at_head": True}


def test_a_setting_nobody_knows_warns_and_stops_nothing(settings):
    done = polis("migrate", "--json", nonsense="1", **settings)
    assert (done.returncode, json.loads(done.stdout)) == (0, {"at_head": True})
    assert "POLIS_NONSENSE" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("user", "create", "--email", "nobody", "--password", "correct horse"), "e-mail"),
        (("key", "create", "--email", "no@b.example", "--name", "x"), "no@b.example"),
        (("grant", "--email", "no@b.example", "--tokens", "5"), "no@b.example"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(settings, arguments, word):
    assert word in refused(polis(*arguments, "--json", **settings))


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("grant", "--email", "a@b.example", "--tokens", "0"), "0"),
        (("user", "create", "--password", "x"), "--email"),
    ],
)
def test_a_command_written_wrongly_says_how_it_is_written(arguments, word):
    done = polis(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert word in done.stderr
    assert "Traceback" not in done.stderr


SECRET = "a long random string"
HTTPS = "https://polis.example"


PRODUCTION = {"env": "production", "secret_key": SECRET, "base_url": HTTPS, "billing": "off"}


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        ({"secret_key": ""}, "POLIS_SECRET_KEY"),
        ({"base_url": "http://polis.example"}, "POLIS_BASE_URL"),
        ({"billing": ""}, "POLIS_ALLOW_PLAY_MONEY"),
        ({"env": "staging"}, "POLIS_ENV"),
    ],
)
def test_a_start_that_must_not_be_is_one_sentence_that_says_what_to_set(tmp_path, settings, word):
    given = {**PRODUCTION, "instance_dir": str(tmp_path), **settings}
    assert word in refused(polis("serve", **given))


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        ({"secret_key": "short"}, "16 characters"),
        ({"billing": "stripe"}, "POLIS_STRIPE_SECRET_KEY"),
        ({"base_url": "polis.example"}, "POLIS_BASE_URL"),
        ({"base_url": "https://polis.example/app"}, "POLIS_BASE_URL"),
        ({"base_url": "https://polis.example?a=b"}, "POLIS_BASE_URL"),
        ({"base_url": "https://me:secret@polis.example"}, "POLIS_BASE_URL"),
        ({"limit_mcp_per_minute": "60001"}, "POLIS_LIMIT_MCP_PER_MINUTE"),
        ({"web_threads": "0"}, "POLIS_WEB_THREADS"),
        ({"rate_limits": "maybe"}, "POLIS_RATE_LIMITS: write on or off."),
        ({"web_threads": "many"}, "POLIS_WEB_THREADS: write a whole number."),
        ({"queue_url": "foo"}, "POLIS_QUEUE_URL: must begin with one of sqlite"),
        ({"shared_egress": "notanet"}, "POLIS_SHARED_EGRESS: 'notanet' is no network"),
        ({"trusted_proxies": "10.0.0.1/8, x"}, "POLIS_TRUSTED_PROXIES: 'x' is no network"),
        ({"rate_limits": "off"}, "POLIS_RATE_LIMITS"),
        ({"no_auth": "1"}, "--no-auth"),
    ],
)
def test_settings_that_cannot_be_name_themselves(settings, word):
    given = {f"POLIS_{name.upper()}": value for name, value in {**PRODUCTION, **settings}.items()}
    with pytest.raises(BadSettings, match=word):
        from_environment(given)


def test_a_database_of_another_kind_of_money_is_left_alone(settings):
    polis("migrate", **settings)
    sentence = refused(polis("migrate", billing="off", **settings))
    assert "simulated" in sentence
    assert "polis migrate-billing --from simulated --to off" in sentence


@pytest.mark.parametrize(
    ("more", "settings"), [((), {"base_url": HTTPS}), (("--host", "0.0.0.0"), {})]
)
def test_no_auth_is_for_ones_own_machine(tmp_path, more, settings):
    done = polis("serve", "--no-auth", *more, instance_dir=str(tmp_path), **settings)
    assert "--no-auth" in refused(done)


def test_a_port_that_is_taken_is_told_with_another(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        sentence = refused(polis("serve", "--port", port, instance_dir=str(tmp_path)))
    assert port in sentence


def test_what_is_made_is_for_its_owner_alone(tmp_path):
    folder = tmp_path / "instance"
    polis(
        "user",
        "create",
        "--email",
        "a@b.example",
        "--password",
        "correct horse",
        instance_dir=str(folder),
    )
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o077 for path in folder.iterdir()} == {0}
