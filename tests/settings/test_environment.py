"""A setting by a file: `POLIS_X_FILE` holds what `POLIS_X` would, and what is wrong stops the start."""

import pytest

from app.settings import BadSettings, from_environment

DEVELOPMENT = {"POLIS_ENV": "development"}


def test_a_secret_is_read_from_the_file_that_is_named(tmp_path):
    path = tmp_path / "secret"
    path.write_text("first-secret-of-sixteen,second-secret-of-it\n")
    settings = from_environment({**DEVELOPMENT, "POLIS_SECRET_KEY_FILE": str(path)})
    assert settings.secret_key == ("first-secret-of-sixteen", "second-secret-of-it")


def test_an_empty_file_sets_nothing(tmp_path):
    path = tmp_path / "token"
    path.write_text("\n")
    settings = from_environment({**DEVELOPMENT, "POLIS_METRICS_TOKEN_FILE": str(path)})
    assert settings.metrics_token == ""


@pytest.mark.parametrize("written", [b"\xff\xfe", None])
def test_what_cannot_be_read_stops_the_start_and_is_not_shown(written, tmp_path):
    path = tmp_path / "secret"
    if written is not None:
        path.write_bytes(written)
    with pytest.raises(BadSettings, match=r"POLIS_SECRET_KEY_FILE: .* cannot be read \(.+\)\."):
        from_environment({**DEVELOPMENT, "POLIS_SECRET_KEY_FILE": str(path)})


def test_a_setting_given_twice_stops_the_start(tmp_path):
    path = tmp_path / "token"
    path.write_text("a")
    given = {"POLIS_METRICS_TOKEN_FILE": str(path), "POLIS_METRICS_TOKEN": "b"}
    with pytest.raises(BadSettings, match=r"^Set POLIS_METRICS_TOKEN or POLIS_METRICS_TOKEN_FILE"):
        from_environment({**DEVELOPMENT, **given})


def test_a_file_for_what_is_no_setting_is_told_and_left_alone(tmp_path):
    given = {**DEVELOPMENT, "POLIS_NOTHING_FILE": str(tmp_path / "none")}
    with pytest.warns(UserWarning, match="POLIS_NOTHING_FILE is not a setting"):
        from_environment(given)


@pytest.mark.parametrize(
    "written", ["live:", "test:", "whsec_a,live:", "live: whsec_a", "simulated:whsec_a", "a:b:c"]
)
def test_a_webhook_secret_that_is_none_or_of_no_mode_stops_the_start(written):
    """An empty one would be known to everybody who signs with nothing."""
    with pytest.raises(BadSettings, match="POLIS_STRIPE_WEBHOOK_SECRET as whsec_…, live:"):
        from_environment({**DEVELOPMENT, "POLIS_STRIPE_WEBHOOK_SECRET": written})


def test_a_webhook_secret_is_of_the_mode_it_names_or_of_the_installations():
    given = {
        "POLIS_STRIPE_SECRET_KEY": "sk_live_a",
        "POLIS_STRIPE_WEBHOOK_SECRET": "whsec_a,test:whsec_b,live:whsec_c",
    }
    settings = from_environment({**DEVELOPMENT, **given})
    modes = {"whsec_a": "stripe_live", "whsec_b": "stripe_test", "whsec_c": "stripe_live"}
    assert dict(settings.webhook_secrets) == modes


@pytest.mark.parametrize(
    "written", ["127.0.0.1:1", "[::]:8000", "[::1]:65535", "web-1.internal:80"]
)
def test_web_listens_at_a_host_and_a_port(written):
    assert from_environment({**DEVELOPMENT, "POLIS_BIND": written}).bind == written


@pytest.mark.parametrize(
    "written",
    [
        "nonsense", ":8000", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "::1:8000",
        "http://127.0.0.1:8000", "unix:/run/polis", "a:80,b:80", "[evil.example]:80", "127.0.0.1:8000 ",
    ],
)  # fmt: skip
def test_where_else_nobody_listens(written):
    with pytest.raises(BadSettings, match=r"^POLIS_BIND: must be a host and a port, such as "):
        from_environment({**DEVELOPMENT, "POLIS_BIND": written})
