"""Log lines: whatever looks like a secret of ours is taken out, whoever wrote the line."""

import re
from pathlib import Path

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

import app
from app.kit import logs, secrets

SOURCES = Path(app.__file__).parent.rglob("*.py")
PREFIXES = sorted(
    {
        found
        for path in SOURCES
        for found in re.findall(r'"((?:polis|sk)_[a-z]+_)"', path.read_text())
    }
)
LINES = ("It was {}.", "KeyError: '{}'", '{{"code": "{}"}}', "?code={}&state=x", "Bearer {}", "{}")


def test_the_prefixes_of_all_secrets_are_found():
    assert set(PREFIXES) >= {
        "polis_ac_", "polis_at_", "polis_rt_", "polis_dc_", "polis_cs_", "polis_crt_", "polis_cf_",
        "polis_ml_", "polis_ss_", "sk_live_", "sk_test_",
    }  # fmt: skip


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_secret_of_every_kind_is_taken_out_of_a_log_line(prefix, line):
    secret = secrets.mint(prefix)
    written = logs.redact(None, "error", {"event": line.format(secret), "error": f"x {secret}"})
    assert secret not in repr(written)
    assert secret[len(prefix) :] not in repr(written)


def test_a_signed_statement_is_taken_out_too():
    token = jwt.encode({"alg": "ES256"}, {"sub": "kim"}, ECKey.generate_key("P-256"))
    written = logs.redact(None, "error", {"error": f"DecodeError: {token} is not good"})
    assert not [part for part in token.split(".") if part in repr(written)]


@pytest.mark.parametrize("name", ["polis_test", "polis_form", "/api/oauth/token", "eyJ"])
def test_what_is_no_secret_stays(name):
    assert name in logs.redact(None, "info", {"event": f"{name} was called."})["event"]
